"""French. As Blender's own translation says it; where there is a choice:"""

# Take: prise · Pin: épingle, épingler/désépingler · Pinned Clip: clip épinglé · Seed: graine · Speech: parole
# Strip: bande · Fade: fondu · Energy: énergie · Calm: calme · Posture: posture · Variation: variation
# Body Parts: parties du corps · Layering: superposition · frame: frame · mute: suspendre · performance: interprétation

MESSAGES: dict[str, str] = {
    "'{line}' has no times that can be read": "« {line} » n'a pas de temps lisibles",
    "'{name}' at {time:.2f} s lies outside the speech": "« {name} » à {time:.2f} s est hors de la parole",
    "'{name}' cannot be overridden": "'{name}' ne peut pas être redéfini",
    "'{name}' cannot be read to its end": "'{name}' ne peut pas être lu jusqu'à la fin",
    "'{name}' cannot have Z up": "'{name}' ne peut pas avoir Z vers le haut",
    "'{name}' does not end as a file that can be exported": (
        "'{name}' ne se termine pas comme un fichier qui peut être exporté"
    ),
    "'{name}' has a sample rate of {rate:g} Hz": "'{name}' a une fréquence d'échantillonnage de {rate:g} Hz",
    "'{name}' has gestures of your own: {names}": "« {name} » contient des gestes à vous : {names}",
    "'{name}' has no bone '{bone}'": "'{name}' n'a pas d'os '{bone}'",
    "'{name}' has no samples": "'{name}' ne contient aucun son",
    "'{name}' has no words": "« {name} » ne contient aucun mot",
    "'{name}' is done with no hand '{hand}'": "« {name} » ne se fait avec aucune main « {hand} »",
    "'{name}' is done with the head": "« {name} » se fait avec la tête",
    "'{name}' is in Edit Mode": "'{name}' est en mode édition",
    "'{name}' is in Rest Position, and would not move": "'{name}' est en position de repos et ne bougerait pas",
    "'{name}' is in the sequencer, frames {first} to {last}": (
        "« {name} » est dans le séquenceur, images {first} à {last}"
    ),
    "'{name}' is linked from another file": "'{name}' est lié depuis un autre fichier",
    "'{name}' is no name of a Blender file": "« {name} » n'est pas un nom de fichier Blender",
    "'{name}' is not UTF-8 text": "« {name} » n'est pas un texte UTF-8",
    "'{name}' is not audio that Blender can read": "'{name}' n'est pas un son que Blender peut lire",
    "'{name}' is not in Pose Mode": "'{name}' n'est pas en mode pose",
    "'{name}' is of no kind that words are read from": "« {name} » n'est pas d'un type dont on lit des mots",
    "'{name}' is scaled by other factors along its axes": "'{name}' est mis à l'échelle différemment selon ses axes",
    "'{name}' is the file that is open": "« {name} » est le fichier ouvert",
    "'{name}' is there already, and is not replaced": "« {name} » existe déjà et n'est pas remplacé",
    "'{name}' is too large for a text": "« {name} » est trop grand pour un texte",
    "'{path}' cannot be run as a Python": "'{path}' ne peut pas être exécuté comme Python",
    "'{path}' cannot be the engine's Python ({why})": "'{path}' ne peut pas être le Python du moteur ({why})",
    "'{path}' cannot be written ({why})": "'{path}' ne peut pas être écrit ({why})",
    "'{path}' has no pocketsphinx ({why})": "« {path} » n'a pas pocketsphinx ({why})",
    "'{path}' is older than Python 3.11": "'{path}' est plus ancien que Python 3.11",
    "'{text}' ends before it begins": "« {text} » finit avant de commencer",
    "'{words}' is not heard at {time}": "« {words} » ne s'entend pas à {time}",
    ", {n} to come": ", encore {n}",
    "A graphics card by CUDA or ROCm": "Une carte graphique par CUDA ou ROCm",
    "A style chosen at random for each take": "Un style choisi au hasard pour chaque prise",
    "A text of Blender's text editor": "Un texte de l'éditeur de texte de Blender",
    "About {download:.1f} GB to download, {disk:.0f} GB on the disk": (
        "Environ {download:.1f} Go à télécharger, {disk:.0f} Go sur le disque"
    ),
    "Active Take": "Prise active",
    "Add Body": "Ajouter un corps",
    "Add Bones Preset": "Ajouter un préréglage d'os",
    "Add Character": "Ajouter un personnage",
    "Add Gesture at Playhead": "Ajouter un geste à la tête de lecture",
    "Add Gesture of Asset Browser": "Ajouter un geste de l'explorateur d'assets",
    "Add Performance Preset": "Ajouter un préréglage d'interprétation",
    "Add a body of our own at the 3D cursor, or beside who stands there, and choose it as the character": (
        "Ajouter un corps fourni au curseur 3D, ou à côté de qui s'y trouve, et le choisir comme personnage"
    ),
    "Add a mannequin that the bones move, so that the gestures can be judged": (
        "Ajouter un mannequin animé par les os, pour pouvoir juger les gestes"
    ),
    "Add the gestures to the animation below, such as a walk": (
        "Ajouter les gestes à l'animation en dessous, par exemple une marche"
    ),
    "Add the speech's file to the sequencer as a strip that can be heard and trimmed, and use that": (
        "Ajouter le fichier de parole au séquenceur comme bande audible et rognable, et l'utiliser"
    ),
    "All bones, where and as large as the character is": "Tous les os, là où se trouve le personnage et à sa taille",
    "Also where the library that was written before has gestures of your own": (
        "Même si la bibliothèque écrite auparavant contient des gestes à vous"
    ),
    "Also write the meshes that the character's bones move": (
        "Écrire aussi les maillages que les os du personnage font bouger"
    ),
    "Also write the speech, as a WAV file of the same name that begins with the file": (
        "Écrire aussi la parole, en fichier WAV du même nom qui commence avec le fichier"
    ),
    "As It Is": "Tel quel",
    "Bones that would have been called alike have other names in the file: {bones}": (
        "Les os qui auraient eu le même nom en portent un autre dans le fichier : {bones}"
    ),
    "ask for no hand, or for another gesture": "ne demandez pas de main, ou un autre geste",
    "choose another name, or turn on Replace Own Gestures": (
        "choisissez un autre nom, ou activez Remplacer ses propres gestes"
    ),
    "Deform Bones Only": "Os déformants seulement",
    "Download pocketsphinx, which finds English words more finely, after you agree": (
        "Télécharger pocketsphinx, qui trouve les mots anglais plus finement, après votre accord"
    ),
    "Export Take…": "Exporter la prise…",
    "correct --number": "corrigez --number",
    "export under another name": "exportez sous un autre nom",
    "Facing ahead, with a root bone at the origin; only bones that deform": (
        "Tourné vers l'avant, avec un os racine à l'origine ; seulement les os qui déforment"
    ),
    "Few Keys": "Peu d'images clés",
    "Fewest Keys": "Le moins d'images clés",
    "Filter": "Filtre",
    "Find English Finely": "Trouver l'anglais finement",
    "For": "Pour",
    "Godot": "Godot",
    "How much the takes count over what plays below them": (
        "Combien les prises comptent par rapport à ce qui joue en dessous"
    ),
    "In centimetres, Z up, with a root bone at the origin; only bones that deform": (
        "En centimètres, Z vers le haut, avec un os racine à l'origine ; seulement les os qui déforment"
    ),
    "In metres, Y up, with a root bone at the origin; only bones that deform": (
        "En mètres, Y vers le haut, avec un os racine à l'origine ; seulement les os qui déforment"
    ),
    "Include": "Inclure",
    "Leave out bones that move no mesh by themselves": "Omettre les os qui ne font bouger aucun maillage par eux-mêmes",
    "Leave out keys where the curves stay within so many degrees; at 0, every frame has its keys": (
        "Omettre des clés tant que les courbes restent à moins de tant de degrés ; à 0, chaque image a les siennes"
    ),
    "Let the take begin at time 0. Otherwise each frame has the time that it has in the scene": (
        "Faire commencer la prise au temps 0. Sinon chaque image a le temps qu'elle a dans la scène"
    ),
    "Lively": "Vif",
    "Look for the words of English texts by pocketsphinx, which Set Up Words has made ready": (
        "Chercher les mots des textes anglais avec pocketsphinx, installé par « Préparer les mots »"
    ),
    "Many Keys": "Beaucoup d'images clés",
    "Meshes": "Maillages",
    "Name": "Nom",
    "Natural": "Naturel",
    "no action is selected in the Asset Browser": "aucune action n'est sélectionnée dans l'explorateur d'assets",
    "No gesture is called so": "Aucun geste ne porte ce nom",
    "Of .npz: Z up, as in AMASS, and not Y": "Pour .npz : Z vers le haut, comme dans AMASS, et non Y",
    "of {n}": "sur {n}",
    "Page": "Page",
    "Pin an Action of the Asset Browser as a gesture, with its emphasis on the current frame": (
        "Épingler une action de l'explorateur d'assets comme geste, avec son accent sur l'image courante"
    ),
    "Replace Own Gestures": "Remplacer ses propres gestes",
    "select one there": "sélectionnez-en une là-bas",
    "Set Up Words": "Préparer les mots",
    "Show those alone whose name or meaning has this in it": "N'afficher que ceux dont le nom ou le sens contient ceci",
    "The asset library; that of the selected asset if none is given": (
        "La bibliothèque d'assets ; sans indication, celle de l'asset sélectionné"
    ),
    "What is said and when, as text; when empty, it is not known": (
        "Ce qui est dit et quand, en texte ; vide, ce n'est pas connu"
    ),
    "Blender rendered no picture": "Blender n'a rendu aucune image",
    "Generate Table…": "Générer le tableau…",
    "Generate a take for each line of a table: which recording, said by which character, when and how": (
        "Générer une prise par ligne d'un tableau : quel enregistrement, dit par quel personnage, quand et comment"
    ),
    "add one, or leave --final out": "ajoutez-en une ou retirez --final",
    "add-on '{name}' is not enabled": "l'add-on '{name}' n'est pas activé",
    "Also write the list into a text of this file": "Écrire aussi la liste dans un texte de ce fichier",
    "Also write the log to a file, which Open Log shows": (
        "Écrire aussi le journal dans un fichier, que « Ouvrir le journal » montre"
    ),
    "Another number gives another performance of the same speech; one that you type is kept": (
        "Un autre nombre donne une autre interprétation du même discours ; celui que vous saisissez est gardé"
    ),
    "Another number suggests other gestures for the same words": (
        "Un autre nombre suggère d'autres gestes pour les mêmes mots"
    ),
    "Another number suggests others; the character's if none is given": (
        "Un autre nombre en suggère d'autres ; celui du personnage par défaut"
    ),
    "Any Style": "N'importe quel style",
    "Any: {name}": "N'importe lequel : {name}",
    "affirm": "affirmer",
    "ahead": "devant",
    "all": "tous",
    "all of us": "nous tous",
    "applause": "applaudissements",
    "apply its scale (Ctrl A), or export it as it is": "appliquez son échelle (Ctrl A), ou exportez-le tel quel",
    "Armature to generate gestures for; when empty, the active one, or the only one": (
        "Armature pour laquelle générer des gestes ; si vide, l'active ou la seule"
    ),
    "Arms": "Bras",
    "As Text": "En texte",
    "At most so many for a minute of speech; those of the character if none is given": (
        "Au plus ce nombre par minute de parole ; celui du personnage par défaut"
    ),
    "At most so many gestures are suggested for a minute of speech": (
        "Au plus ce nombre de gestes est suggéré par minute de parole"
    ),
    "Audio2Gestures {version}": "Audio2Gestures {version}",
    "Automatic": "Automatique",
    "Blender's exporter wrote nothing": "l'exporteur de Blender n'a rien écrit",
    "Blender's {format} exporter wrote something else than it was given": (
        "l'exporteur {format} de Blender a écrit autre chose que ce qu'il a reçu"
    ),
    "BVH names": "Noms de BVH",
    "Bake Gestures to Action": "Précalculer les gestes en action",
    "Being written, and not on any track yet": "En cours d'écriture, et sur aucune piste pour l'instant",
    "Blender and its engine cannot exchange files ({why})": (
        "Blender et son moteur ne peuvent pas échanger de fichiers ({why})"
    ),
    "Blender cannot play '{name}' in its sequencer": "Blender ne peut pas jouer '{name}' dans son séquenceur",
    "Blender is not allowed to go online": "Blender n'est pas autorisé à aller en ligne",
    "Blink": "Clignement",
    "Body Parts": "Parties du corps",
    "Bone": "Os",
    "Bone that moves as this part of the body; if another row has it, the two exchange theirs": (
        "Os qui bouge comme cette partie du corps ; si une autre ligne l'a, les deux échangent les leurs"
    ),
    "Bones Presets": "Préréglages d'os",
    "Both": "Les deux",
    "Both hands, each as the other's mirror if the gesture is one hand's": (
        "Les deux mains, chacune miroir de l'autre si le geste est d'une seule main"
    ),
    "Busy": "Occupé",
    "By structure": "D'après la structure",
    "Calm": "Calme",
    "Camera": "Caméra",
    "Cancel Generation": "Annuler la génération",
    "Cancel Setup": "Annuler l'installation",
    "Cancelled": "Annulé",
    "Cancelled: another file was opened": "Annulé : un autre fichier a été ouvert",
    "Cancelling": "Annulation",
    "Category": "Catégorie",
    "Click in Lane": "Clic dans la bande",
    "Click what a lane shows: an accent becomes stronger in the upper half, weaker in the lower one": (
        "Cliquer sur ce que montre une bande : un accent devient plus fort dans la moitié haute,"
        " plus faible dans la moitié basse"
    ),
    "A frame near the accent; the current one if it is not given": (
        "Une frame proche de l'accent ; à défaut, la frame actuelle"
    ),
    "A step stronger": "Un cran plus fort",
    "A step weaker": "Un cran plus faible",
    "Accent as Heard": "Accent tel qu'entendu",
    "Accents": "Accents",
    "As Heard": "Tel qu'entendu",
    "As it was at first": "Comme il était au début",
    "Change Accent": "Changer l'accent",
    "How strong the accent becomes": "À quel point l'accent devient fort",
    "Let the body move around the accent nearest to the current frame as it did at first": (
        "Laisser le corps bouger comme au début autour de l'accent le plus proche de la frame actuelle"
    ),
    "Let the body move less around the accent nearest to the current frame": (
        "Laisser le corps bouger moins autour de l'accent le plus proche de la frame actuelle"
    ),
    "Let the body move more around the accent nearest to the current frame": (
        "Laisser le corps bouger davantage autour de l'accent le plus proche de la frame actuelle"
    ),
    "Let the body move more or less around the accent nearest to the current frame; the rest of the take stays": (
        "Laisser le corps bouger plus ou moins autour de l'accent le plus proche de la frame"
        " actuelle ; le reste de la prise demeure"
    ),
    "Start at Zero": "Commencer à zéro",
    "Strengthen Accent": "Renforcer l'accent",
    "modifiers give shape keys of '{name}' other corners than the mesh itself": (
        "des modificateurs donnent à des clés de forme de « {name} » d'autres sommets qu'au maillage lui-même"
    ),
    "the nearest are {near}": "les plus proches sont {near}",
    "the table has no line {number}": "le tableau n'a pas de ligne {number}",
    "the text asks with '{word}' on frame {frame} for what cannot be: {why}": (
        "le texte demande avec « {word} », à l'image {frame}, ce qui est impossible : {why}"
    ),
    "there is a file '{name}' already, where the speech would be written": (
        "il y a déjà un fichier '{name}' là où la parole serait écrite"
    ),
    "three.js, VRM": "three.js, VRM",
    "Unity Humanoid": "Unity Humanoid",
    "Unreal": "Unreal",
    "Weaken Accent": "Affaiblir l'accent",
    "Stronger": "Plus fort",
    "Weaker": "Plus faible",
    "Phrases": "Phrases",
    "What the Action is called; the selected asset if none is given": (
        "Le nom de l'action ; sans indication, l'asset sélectionné"
    ),
    "What the program needs that reads the file": "Ce dont a besoin le programme qui lit le fichier",
    "Where to write; its ending says in which format": "Où écrire ; l'extension indique le format",
    "Which part of the gestures is shown": "Quelle partie des gestes est affichée",
    "Write all gestures, yours too, into a file of their own, as assets with pictures, for this character's bones": (
        "Écrire tous les gestes, les vôtres aussi, dans un fichier à part, comme assets avec images, pour "
        "les os de ce personnage"
    ),
    "Write the playing take to a file of its own: FBX, glTF, USD, BVH, SMPL-X or VRM animation, as its name ends": (
        "Écrire la prise en cours dans son propre fichier : FBX, glTF, USD, BVH, SMPL-X ou VRM, selon l'extension"
    ),
    "Z Up": "Z vers le haut",
    "turn those modifiers off or apply them, or export without meshes": (
        "désactivez ou appliquez ces modificateurs, ou exportez sans maillages"
    ),
    "{number} of {total}": "{number} sur {total}",
    "This take was made for another speech: use Update Take": (
        "Cette prise a été faite pour une autre parole : utilisez Mettre à jour la prise"
    ),
    "Frame": "Numéro de frame",
    "Change Phrase": "Changer la phrase",
    "Change the playing take while a slider is moved, the frames around the current one first": (
        "Modifier la prise en cours de lecture pendant qu'un curseur bouge, d'abord les frames autour de l'actuelle"
    ),
    "Channel": "Canal",
    "Channel of the sequencer whose sound strips this character speaks": (
        "Canal du séquenceur dont ce personnage dit les bandes son"
    ),
    "Character": "Personnage",
    "Check Setup": "Vérifier la configuration",
    "Choose Speech File…": "Choisir le fichier de parole…",
    "Choose Style": "Choisir le style",
    "Choose Take": "Choisir la prise",
    "Choose a sound file as the speech, and place it in the sequencer, where it is heard": (
        "Choisir un fichier son comme parole et le placer dans le séquenceur, où on l'entend"
    ),
    "Choose the style in which the character performs, among those of the gesture model": (
        "Choisir le style de l'interprétation parmi ceux du modèle de gestes"
    ),
    "Choose this take in the list": "Choisir cette prise dans la liste",
    "Choose where the speech's file is now; other missing sounds of the speech are looked for beside it": (
        "Choisir où se trouve le fichier de parole ; les autres sons manquants sont cherchés à côté"
    ),
    "Clavicle": "Clavicule",
    "Clear Kept Takes": "Effacer les prises conservées",
    "Combine": "Combiner",
    "Common names": "Noms courants",
    "Compare Take": "Comparer la prise",
    "Connect Shape Keys": "Connecter les clés de forme",
    "Copy Log": "Copier le journal",
    "Copy Problem Report": "Copier le rapport de problème",
    "Copy the output of the engine's setup, for a report": (
        "Copier la sortie de l'installation du moteur, pour un rapport"
    ),
    "Copy this take to a track of its own, so that it can be changed without losing this one": (
        "Copier cette prise sur sa propre piste, pour pouvoir la modifier sans perdre celle-ci"
    ),
    "Copy this take with fewer keys, on curves that can be edited by hand; it plays instead of this one": (
        "Copier cette prise avec moins d'images clés, sur des courbes modifiables à la main ; la copie joue à sa place"
    ),
    "Copy versions, settings and the last lines of the log, without your name and folders, to paste them elsewhere": (
        "Copier versions, réglages et dernières lignes du journal, sans votre nom ni vos dossiers, pour les "
        "coller ailleurs"
    ),
    "cut it into shorter animations": "découpez-la en animations plus courtes",
    "Delete Take": "Supprimer la prise",
    "Delete the finished takes that are kept for recovery": (
        "Supprimer les prises terminées conservées pour la récupération"
    ),
    "Delete the takes that were baked; otherwise they are muted": (
        "Supprimer les prises précalculées ; sinon, elles sont suspendues"
    ),
    "Delete this take; its action stays if something else uses it": (
        "Supprimer cette prise ; son action reste si autre chose l'utilise"
    ),
    "Device": "Périphérique",
    "Device that the GPU engine runs on": "Périphérique sur lequel tourne le moteur GPU",
    "Direction": "Direction",
    "Disconnect Shape Keys": "Déconnecter les clés de forme",
    "Disk space for finished takes that are kept in case Blender crashes": (
        "Espace disque pour les prises terminées, conservées au cas où Blender planterait"
    ),
    "Do this gesture with the other hand, or with both; its emphasis stays on its frame": (
        "Faire ce geste de l'autre main, ou des deux ; son accent reste sur son image"
    ),
    "Download what NVIDIA graphics cards need; off, a smaller download that uses the CPU": (
        "Télécharger ce qu'il faut aux cartes graphiques NVIDIA ; sinon, un téléchargement plus petit qui "
        "utilise le CPU"
    ),
    "Downloading": "Téléchargement",
    "Draw small pictures of takes, each its action's preview, and of styles, and show them in lists": (
        "Dessiner de petites images des prises, aperçus de leur action, et des styles, et les montrer dans les listes"
    ),
    "Duplicate Take": "Dupliquer la prise",
    "asked for in the text": "demandé dans le texte",
    "big": "grand",
    "check that it belongs to this recording and is English": (
        "vérifier qu'il correspond à cet enregistrement et qu'il est en anglais"
    ),
    "chop": "trancher",
    "chop one hand": "trancher d'une main",
    "come": "appeler",
    "come here": "viens ici",
    "come over": "viens par ici",
    "come wide": "viens, ample",
    "contrast": "contraste",
    "count": "compter",
    "ask for png instead of mp4": "demandez png au lieu de mp4",
    "column '{column}' of a table is for the command line": (
        "la colonne '{column}' d'un tableau est pour la ligne de commande"
    ),
    "correct --only": "corrigez --only",
    "correct it": "corrigez cela",
    "correct the name, or add it": "corrigez le nom ou ajoutez-le",
    "enable it in the Preferences, under Add-ons": "activez-le dans les préférences, sous Add-ons",
    "Energy": "Énergie",
    "Engine": "Moteur",
    "Engine Python": "Python du moteur",
    "Error": "Erreur",
    "Errors": "Erreurs",
    "Everything": "Tout",
    "Exchange left and right in the list of bones": "Échanger gauche et droite dans la liste des os",
    "Existing Python": "Python existant",
    "Export Bones…": "Exporter les os…",
    "everything": "tout",
    "export it with all of its bones": "exportez-le avec tous ses os",
    "export to .npz, or turn Z Up off": "exportez en .npz, ou désactivez 'Z vers le haut'",
    "export to another format": "exportez dans un autre format",
    "Export…": "Exporter…",
    "Extend Scene": "Prolonger la scène",
    "Eye": "Œil",
    "Face": "Visage",
    "Fade In": "Fondu en entrée",
    "Fade Out": "Fondu en sortie",
    "Feet": "Pieds",
    "Feet slide by up to {n:.1f} cm": "Les pieds glissent de {n:.1f} cm au plus",
    "Fewer Keys": "Moins d'images clés",
    "File": "Fichier",
    "File…": "Fichier…",
    "Fill one side of the list of bones from the other, by the names of the bones": (
        "Remplir un côté de la liste des os d'après l'autre, selon les noms des os"
    ),
    "Fill the left side from the right one": "Remplir le côté gauche d'après le droit",
    "Fill the right side from the left one": "Remplir le côté droit d'après le gauche",
    "Find Speech File…": "Chercher le fichier de parole…",
    "Find the words again: in another recording, or after their text changed; suggested gestures follow their words": (
        "Retrouver les mots : dans un autre enregistrement, ou après "
        "un changement du texte ; les gestes suggérés suivent leurs mots"
    ),
    "Find when each word is said: from subtitles, a transcript, text strips, markers, or a text in any language": (
        "Trouver quand chaque mot est dit : d'après des sous-titres, une "
        "transcription, des pistes de texte, des marqueurs ou un texte en toute langue"
    ),
    "Fingers": "Doigts",
    "Folder: {path}": "Dossier : {path}",
    "Follow Strength": "Force de suivi",
    "Follow the clip with collarbones, arms and wrists": "Suivre le clip avec les clavicules, les bras et les poignets",
    "Follow the clip with hips, legs and feet": "Suivre le clip avec les hanches, les jambes et les pieds",
    "Follow the clip with neck, head, jaw and eyes": "Suivre le clip avec le cou, la tête, la mâchoire et les yeux",
    "Follow the clip with the fingers": "Suivre le clip avec les doigts",
    "Follow the clip with the spine": "Suivre le clip avec la colonne",
    "Following the slider": "Suit le curseur",
    "Foot": "Pied",
    "For a Graphics Card": "Pour une carte graphique",
    "Forearm": "Avant-bras",
    "Forget Words": "Oublier les mots",
    "Forget the corrections in the list of bones, and recognise the character's bones anew": (
        "Oublier les corrections de la liste des os et reconnaître à nouveau les os du personnage"
    ),
    "Forget the corrections in the list of bones?": "Oublier les corrections de la liste des os ?",
    "Forget the words of the speech; gestures that were suggested stay": (
        "Oublier les mots de la parole ; les gestes suggérés restent"
    ),
    "Frame View": "Cadrer la vue",
    "Frame on which the file's speech begins": "Frame où commence la parole du fichier",
    "Frames over which the motion goes into this clip, half of them before its start": (
        "Frames pendant lesquelles le mouvement entre dans ce clip, dont la moitié avant son début"
    ),
    "Frames over which the motion goes out of this clip, half of them after its end": (
        "Frames pendant lesquelles le mouvement sort de ce clip, dont la moitié après sa fin"
    ),
    "Frames that you edited were kept: the change is a take of its own": (
        "Les frames modifiées à la main ont été gardées : le changement est une prise à part"
    ),
    "Frames to move the takes by": "Nombre de frames dont décaler les prises",
    "Free Memory": "Libérer la mémoire",
    "From": "Depuis",
    "From Name": "D'après le nom",
    "From the Words": "D'après les mots",
    "Generate Gestures performs this seed again; else it takes the next one that has no take": (
        "Générer les gestes rejoue cette graine ; sinon, il prend la suivante qui n'a pas de prise"
    ),
    "Gesture": "Geste",
    "Gestures of these words are gone, which are not said any more, or where a pin lies: {names}": (
        "Les gestes de ces mots ont disparu, qui ne sont plus dits ou sur lesquels il y a un pin : {names}"
    ),
    "Gestures per Minute": "Gestes par minute",
    "Hand Clearance": "Écart des mains",
    "Hand of Gesture": "Main du geste",
    "Hash: {digest}": "Hash : {digest}",
    "How many jobs wait for the running one to end": "Combien de tâches attendent la fin de celle en cours",
    "How much the chosen take counts over what plays below it": (
        "Combien la prise choisie compte par rapport à ce qui joue en dessous"
    ),
    "Influence": "Influence",
    "it is too long": "elle est trop longue",
    "Keep Seed": "Garder la graine",
    "Keeps hands and forearms so many centimetres farther from trunk and thighs, for a wide body": (
        "Tient mains et avant-bras d’autant de centimètres plus loin du tronc et des cuisses, pour un corps large"
    ),
    "From slumped at -1 to upright at 1": "De voûté à -1 à droit à 1",
    "Gaze Strength": "Force du regard",
    "Gaze and Face": "Regard et visage",
    "Generate Gestures": "Générer les gestes",
    "Generate Gestures for Strip": "Générer les gestes pour la bande",
    "Generate Idle": "Générer une attente",
    "Generate Listening": "Générer une écoute",
    "Generate Next Take": "Générer la prise suivante",
    "Generate a take for every character of the scene: those with a voice speak it, the others listen or stand by": (
        "Générer une prise pour chaque personnage de la scène : qui a une voix la parle, les autres écoutent "
        "ou attendent"
    ),
    "Generate another take of the same speech, with the next seed": (
        "Générer une autre prise de la même parole, avec la graine suivante"
    ),
    "Generate another take of the same speech; this gesture model makes one motion per speech": (
        "Générer une autre prise de la même parole ; ce modèle de gestes fait un seul mouvement par parole"
    ),
    "Generate for All Characters": "Générer pour tous les personnages",
    "Generate gestures for the speech as new takes of the character": (
        "Générer des gestes pour la parole comme nouvelles prises du personnage"
    ),
    "Generate gestures inside Blender from now on; the result is the same": (
        "Générer désormais les gestes dans Blender ; le résultat est le même"
    ),
    "Generate gestures with the model that came with the add-on from now on; your file stays where it is": (
        "Générer désormais les gestes avec le modèle fourni avec l'add-on ; votre fichier reste où il est"
    ),
    "Generate new takes in which the character listens to the others, nods and turns its head to who speaks": (
        "Générer de nouvelles prises où le personnage écoute les autres, hoche la tête et la tourne vers qui parle"
    ),
    "Generate new takes in which the character says nothing and stands about, as long as the scene": (
        "Générer de nouvelles prises où le personnage ne dit rien et attend, aussi longues que la scène"
    ),
    "Generate the playing take again from its stored settings, as a new take": (
        "Générer à nouveau la prise en cours d'après ses réglages enregistrés, comme nouvelle prise"
    ),
    "Generated motion follows this clip": "Le mouvement généré suit ce clip",
    "Generating": "Génération",
    "Gesture Model": "Modèle de gestes",
    "Gestures": "Gestes",
    "Go back to the phrase's performance before this one": "Revenir à l'interprétation précédente de la phrase",
    "Go to Pin": "Aller à l'épingle",
    "Graphics Card": "Carte graphique",
    "Guess Again": "Deviner à nouveau",
    "Hand": "Main",
    "Hands": "Mains",
    "Head": "Tête",
    "Hips": "Hanches",
    "How closely the generated motion follows this clip": "Fidélité avec laquelle le mouvement généré suit ce clip",
    "How far the body moves: 1 is as generated, 2 is twice as far": (
        "Amplitude des mouvements du corps : 1 comme généré, 2 deux fois plus"
    ),
    "How far the jaw opens as the voice is loud; it is no lip sync": (
        "De combien la mâchoire s'ouvre selon la force de la voix ; ce n'est pas une synchronisation labiale"
    ),
    "How far the lids close when the character blinks, which it does about every four seconds": (
        "De combien les paupières se ferment quand le personnage cligne des yeux, toutes les quatre secondes environ"
    ),
    "How firmly the gaze is held: with less, the character looks away now and then": (
        "Avec quelle fermeté le regard est tenu : avec moins, le personnage détourne parfois les yeux"
    ),
    "How many takes one click generates, each with a seed of its own": (
        "Nombre de prises générées par un clic, chacune avec sa propre graine"
    ),
    "How much is written to the system console": "Quantité d'informations écrite dans la console système",
    "How this take was made, as text": "Comment cette prise a été faite, sous forme de texte",
    "How unusual the performance is: 0 is the most typical one, the same for every seed": (
        "Originalité de l'interprétation : 0 est la plus typique, la même pour toutes les graines"
    ),
    "Idle": "Inactif",
    "Idle Around Speech": "Attente autour de la parole",
    "Import Bones…": "Importer des os…",
    "Import…": "Importer…",
    "In a process of its own, which Set Up GPU prepares": "Dans un processus à part, que « Configurer le GPU » prépare",
    "Including the engine's output": "Y compris la sortie du moteur",
    "Index Finger": "Index",
    "Inside Blender; needs nothing else": "Dans Blender ; n'a besoin de rien d'autre",
    "Installing": "Installation",
    "Jaw": "Mâchoire",
    "Keep Feet Planted": "Garder les pieds au sol",
    "Keep the character's active action as an NLA strip, so that it no longer hides the gestures": (
        "Garder l'action active du personnage comme bande NLA, pour qu'elle ne cache plus les gestes"
    ),
    "Keep the character's active action on a muted NLA track, so that it no longer plays": (
        "Garder l'action active du personnage sur une piste NLA suspendue, pour qu'elle ne joue plus"
    ),
    "Keep the list of bones as a preset, or remove the preset that was chosen last": (
        "Garder la liste des os comme préréglage, ou enlever le dernier préréglage choisi"
    ),
    "Keep the performance's settings as a preset, or remove the preset that was chosen last": (
        "Garder les réglages de l'interprétation comme préréglage, ou enlever le dernier préréglage choisi"
    ),
    "Keep this pin but do not follow it now": "Garder cette épingle sans la suivre pour l'instant",
    "Key IK controls of hands and feet in the playing take, so that they stay where they are": (
        "Animer les contrôleurs IK des mains et des pieds dans la prise qui joue, pour qu’ils restent où ils sont"
    ),
    "Kind of error that ended the job": "Type d'erreur qui a mis fin à la tâche",
    "Language": "Langue",
    "Largest error: degrees of bones, hands and feet, and centimetres of where hands and feet are": (
        "Erreur maximale : degrés des os, des mains et des pieds, et centimètres pour la place des mains et des pieds"
    ),
    "Layering": "Superposition",
    "Leave Edit Mode": "Quitter le mode édition",
    "Leave Tweak Mode": "Quitter le mode retouche",
    "Keep hips, legs and feet as they sit in the animation below, and the hands on the thighs or above them": (
        "Garder hanches, jambes et pieds assis comme dans l'animation du dessous, et les mains sur les cuisses"
    ),
    "Leave the head to the gestures, and the eyes alone": "Laisser la tête aux gestes et ne pas bouger les yeux",
    "Left": "Gauche",
    "Left Arm and Leg": "Bras et jambe gauches",
    "Left Fingers": "Doigts gauches",
    "Left alone, as others drive, key or own them: {names}": (
        "Laissées telles quelles, car d'autres les pilotent, les animent ou les possèdent : {names}"
    ),
    "Left out, since pins of yours lie there: {names}": "Omis, car vos pins s'y trouvent : {names}",
    "Left out: {names}": "Laissé de côté : {names}",
    "Legs": "Jambes",
    "Length: {n:.1f} s": "Durée : {n:.1f} s",
    "Let all NLA tracks of the character play again, not only the one that plays solo": (
        "Laisser jouer de nouveau toutes les pistes NLA du personnage, pas seulement celle en solo"
    ),
    "Let generated motion no longer follow the selected NLA strips": (
        "Ne plus faire suivre les bandes NLA sélectionnées par le mouvement généré"
    ),
    "five": "cinq",
    "four": "quatre",
    "greet": "saluer",
    "greet small": "petit salut",
    "hands joined": "mains jointes",
    "here": "ici",
    "hold on": "un instant",
    "however": "cependant",
    "huge": "énorme",
    "install one from python.org": "en installer un depuis python.org",
    "leave it out: the add-on's own way needs nothing": "s'en passer : la méthode de l'extension n'a besoin de rien",
    "let it end in {endings}": "terminez-le par {endings}",
    "Let new takes last as long as the scene: where nothing is said, the character idles": (
        "Les nouvelles prises durent autant que la scène : là où rien n'est dit, le personnage attend"
    ),
    "Let only this take play, and mute all others that are not pinned": (
        "Ne laisser jouer que cette prise, et suspendre toutes les autres qui ne sont pas épinglées"
    ),
    "Let playback skip frames where it is too slow, so that speech and gestures stay together": (
        "Laisser la lecture sauter des images quand elle est trop lente, pour que parole et gestes restent ensemble"
    ),
    "Let shape keys of the character's meshes follow its takes: a driver each, from numbers on the head's bone": (
        "Faire suivre les prises aux clés de forme des maillages du personnage : un contrôleur chacune, depuis "
        "des nombres sur l'os de la tête"
    ),
    "Let strips on higher tracks no longer hold a pose before or after them, where it hides takes": (
        "Les bandes de pistes supérieures ne maintiennent plus de pose avant ou après elles là où elle cache des prises"
    ),
    "Let the NLA track of the newest take play again": (
        "Laisser jouer de nouveau la piste NLA de la prise la plus récente"
    ),
    "Let the armature show its pose instead of its rest position": (
        "Faire montrer à l'armature sa pose au lieu de sa position de repos"
    ),
    "Let the character play its NLA tracks": "Laisser le personnage jouer ses pistes NLA",
    "Let the character speak the active strip of the sequencer, and generate gestures for it": (
        "Faire dire au personnage la bande active du séquenceur, et générer des gestes pour elle"
    ),
    "Let the playing takes play once, forwards and at their own speed, as the speech does": (
        "Faire jouer les prises actives une fois, vers l'avant et à leur propre vitesse, comme la parole"
    ),
    "Let the scene play at the speed of its sound: set New to what Old is under Time Stretching": (
        "Faire jouer la scène à la vitesse de son son : sous Étirement du temps, mettre Nouveau à la valeur d'Ancien"
    ),
    "Let this lost pin follow another NLA strip of the character, with the settings it had": (
        "Faire suivre à cette épingle perdue une autre bande NLA du personnage, avec ses réglages d'avant"
    ),
    "Let this take play instead of the other takes of the same time": (
        "Laisser jouer cette prise à la place des autres prises du même moment"
    ),
    "Licence: {licence}": "Licence : {licence}",
    "List Suggestions": "Lister les suggestions",
    "List of Bones": "Liste des os",
    "Little Finger": "Auriculaire",
    "Live Update": "Mise à jour en direct",
    "Log": "Journal",
    "Log File": "Fichier journal",
    "Look At": "Regarder",
    "Look at an object, at another character into the eyes": "Regarder un objet ; un autre personnage, dans les yeux",
    "Look at the other character that speaks, or spoke last": (
        "Regarder l'autre personnage qui parle, ou a parlé en dernier"
    ),
    "Look into the camera of the scene, as its markers choose it": (
        "Regarder la caméra de la scène, telle que ses marqueurs la choisissent"
    ),
    "line '{line}' has '{cell}' in column {column}": "la ligne '{line}' a '{cell}' dans la colonne {column}",
    "line '{line}' has no sound": "la ligne '{line}' n'a pas de son",
    "'{path}' could not be opened": "'{path}' n'a pas pu être ouvert",
    "line '{line}' is played in '{path}', which is not there": (
        "la ligne '{line}' se joue dans '{path}', qui n'existe pas"
    ),
    "line '{line}' names no character": "la ligne '{line}' ne nomme aucun personnage",
    "line '{line}' needs a character '{name}', which is not in the scene": (
        "la ligne '{line}' a besoin d'un personnage '{name}', qui n'est pas dans la scène"
    ),
    "look into the console for what it says": "regardez dans la console ce qu'il dit",
    "Made by Generate Gestures": "Faite par « Générer les gestes »",
    "Made with: {path}": "Fait avec : {path}",
    "Made: {age}": "Créée : {age}",
    "Make Library Override": "Faire une redéfinition de bibliothèque",
    "Make a library override of the linked character, so that it can be animated here": (
        "Faire une redéfinition de bibliothèque du personnage lié, pour pouvoir l'animer ici"
    ),
    "Make generated motion follow the selected NLA strips of the character": (
        "Faire suivre les bandes NLA sélectionnées du personnage par le mouvement généré"
    ),
    "Make the playing take follow speech, style, sliders and pinned clips as they are now": (
        "Faire suivre la parole, le style, les curseurs et les clips épinglés actuels par la prise en cours"
    ),
    "Make the playing take follow the pinned clips; away from them it stays as it is": (
        "Faire suivre les clips épinglés par la prise en cours ; loin d'eux, elle reste telle quelle"
    ),
    "Making a folder for it": "Création d'un dossier",
    "Mark": "Marquer",
    "Mark as Asset": "Marquer comme asset",
    "Mark as Gesture": "Marquer comme geste",
    "Mark this take as one to keep": "Marquer cette prise comme à garder",
    "Mark this take as one to keep, or remove the mark": "Marquer cette prise comme à garder, ou enlever la marque",
    "Markers": "Marqueurs",
    "Markers of the timeline, each named as what is said there": (
        "Marqueurs de la timeline, chacun nommé d'après ce qui est dit là"
    ),
    "Forget Measured Body": "Oublier le corps mesuré",
    "Measured Body": "Corps mesuré",
    "Measure the body that hands keep out of on the character's mesh; Hand Clearance then counts from it, from 0": (
        "Mesurer sur le maillage le corps que les mains évitent ; l'écart des mains compte alors de là, à partir de 0"
    ),
    "Let hands keep out of a body like that of Add Character again, not of the measured one": (
        "Laisser de nouveau les mains éviter un corps comme celui d'« Ajouter un personnage », et non le corps mesuré"
    ),
    "The body that hands keep out of, as Measure Hand Clearance has found it": (
        "Le corps que les mains évitent, tel que « Mesurer l'écart des mains » l'a trouvé"
    ),
    "Measured: chest {chest:+.0f}, belly {belly:+.0f}, pelvis {pelvis:+.0f}, thighs {thighs:+.0f} cm": (
        "Mesuré : poitrine {chest:+.0f}, ventre {belly:+.0f}, bassin {pelvis:+.0f}, cuisses {thighs:+.0f} cm"
    ),
    "Measure Hand Clearance": "Mesurer l'écart des mains",
    "Middle Finger": "Majeur",
    "Mirror": "Miroir",
    "Mirror Bones": "Mettre les os en miroir",
    "Mixamo names": "Noms de Mixamo",
    "Model file to generate with, made by 'a2g train' or 'a2g export'; when empty, the built-in model": (
        "Fichier de modèle pour générer, fait par 'a2g train' ou 'a2g export' ; si vide, le modèle intégré"
    ),
    "Model: {name}": "Modèle : {name}",
    "Move Take Too": "Déplacer aussi la prise",
    "Move Take to Top": "Placer la prise tout en haut",
    "Move collarbones, arms and wrists": "Bouger les clavicules, les bras et les poignets",
    "Move hips, legs and feet": "Bouger les hanches, les jambes et les pieds",
    "Move neck and head": "Bouger le cou et la tête",
    "Move the 3D View so that the character is seen; a view through a camera stays": (
        "Déplacer la vue 3D pour que l'on voie le personnage ; une vue par une caméra reste"
    ),
    "Move the fingers": "Bouger les doigts",
    "Move the hidden take to a track above all others": (
        "Déplacer la prise cachée sur une piste au-dessus de toutes les autres"
    ),
    "Move the scene's end to where the speech ends, if it lies before that": (
        "Déplacer la fin de la scène à la fin de la parole, si elle est avant"
    ),
    "Move the spine": "Bouger la colonne",
    "Move the takes to where their speech has been moved": "Déplacer les prises là où leur parole a été déplacée",
    "Mute": "Suspendre",
    "Mute Constraints and Drivers": "Suspendre contraintes et contrôleurs",
    "Mute the constraints and drivers that turn bones of the chosen body parts, so that the keys alone turn them": (
        "Suspendre les contraintes et contrôleurs qui tournent des os des parties choisies : seules les clés "
        "les tournent"
    ),
    "NLA track '{name}' has no room there for take '{take}'": (
        "la piste NLA '{name}' n'a pas de place à cet endroit pour la prise '{take}'"
    ),
    "me": "moi",
    "me both hands": "moi des deux mains",
    "me chest": "moi, la poitrine",
    "negate": "nier",
    "no": "non",
    "no Python from 3.11 to 3.14 was found to set up pocketsphinx with": (
        "aucun Python de 3.11 à 3.14 n'a été trouvé pour préparer pocketsphinx"
    ),
    "no aside": "non, de côté",
    "name its recording in the column sound": "nommez son enregistrement dans la colonne sound",
    "no bone of '{name}' deforms": "aucun os de '{name}' ne déforme",
    "NVIDIA or AMD": "NVIDIA ou AMD",
    "Name of the bone; when empty, the row is emptied": "Nom de l'os ; si vide, la ligne est vidée",
    "Name of the tab in the sidebar": "Nom de l'onglet dans la barre latérale",
    "Name of the take and of its NLA track; when empty, the one that is chosen in the list": (
        "Nom de la prise et de sa piste NLA ; si vide, celle choisie dans la liste"
    ),
    "Neck": "Cou",
    "Next": "Suivant",
    "Next Performance of Phrase": "Interprétation suivante de la phrase",
    "No bone of the other side was found for {bones}": "Aucun os de l'autre côté trouvé pour {bones}",
    "No gesture fits the words": "Aucun geste ne convient aux mots",
    "No takes yet: use Generate Gestures": "Pas encore de prises : utiliser « Générer les gestes »",
    "Nothing": "Rien",
    "Nothing is downloaded: this Python is tested and used": "Rien n'est téléchargé : ce Python est testé et utilisé",
    "Number of the NLA track of the take that is chosen in the list; -1 if none is": (
        "Numéro de la piste NLA de la prise choisie dans la liste ; -1 s'il n'y en a aucune"
    ),
    "Number of the pin in the list; -1 is the one that is chosen there": (
        "Numéro de l'épingle dans la liste ; -1 est celle qui y est choisie"
    ),
    "Number of the pin in the list; -1 is the selected strips": (
        "Numéro du pin dans la liste ; -1 désigne les pistes sélectionnées"
    ),
    "Object": "Objet",
    "Object to look at; it may move": "Objet à regarder ; il peut bouger",
    "Of the words, as ISO 639-1 names it, or AUTO; the character's if none is given": (
        "Des mots, selon ISO 639-1, ou AUTO ; celle du personnage par défaut"
    ),
    "Off, it is no longer offered": "Désactivé, il n'est plus proposé",
    "Offer the Actions of the selected strips, or else the active Action, among the gestures, for any character": (
        "Proposer parmi les gestes les actions des pistes sélectionnées, ou sinon l'action active, pour tout personnage"
    ),
    "Offered among the gestures that can be placed": "Proposé parmi les gestes qui peuvent être placés",
    "Offset": "Décalage",
    "Open Log": "Ouvrir le journal",
    "Open Manual": "Ouvrir le manuel",
    "Open the manual's page about this in the web browser; it is installed with the add-on and works offline": (
        "Ouvrir dans le navigateur la page du manuel à ce sujet ; elle est installée avec le module et ne demande "
        "pas de réseau"
    ),
    "Out": "Sortie",
    "Own list": "Liste personnelle",
    "Parts of the body that follow this clip": "Parties du corps qui suivent ce clip",
    "Parts of the body that new takes move; the others keep the animation below": (
        "Parties du corps que bougent les nouvelles prises ; les autres gardent l'animation en dessous"
    ),
    "Parts of the body that the takes move": "Parties du corps que bougent les prises",
    "Perform in this style": "Interpréter dans ce style",
    "Perform the phrase on the current frame another way; the rest of the take stays": (
        "Interpréter autrement la phrase de la frame actuelle ; le reste de la prise ne change pas"
    ),
    "Perform the preview range of the timeline anew, with the sliders as they are now; the rest of the take stays": (
        "Interpréter à nouveau l'intervalle de prévisualisation, avec les curseurs actuels ; le reste de la "
        "prise ne change pas"
    ),
    "Performance Presets": "Préréglages d'interprétation",
    "Pick Bone": "Prélever l'os",
    "Pictures": "Images",
    "Pictures of Takes": "Images des prises",
    "Pin": "Épingler",
    "Pin Selected Strips": "Épingler les bandes sélectionnées",
    "Pin a gesture that means something, with its emphasis on the current frame; legs and trunk go on as they are": (
        "Épingler un geste qui a un sens, son accent sur l'image actuelle ; jambes et tronc continuent comme avant"
    ),
    "Pin gestures that fit the words, each with its emphasis on its word; pins of your own stay as they are": (
        "Épingler des gestes qui conviennent aux mots, chacun accentué sur son mot ; vos pins restent tels quels"
    ),
    "Pinned": "Épinglé",
    "Pinned Clips": "Clips épinglés",
    "Place Speech in Sequencer": "Placer la parole dans le séquenceur",
    "Playback of scene '{name}' now keeps to the sound": "La lecture de la scène « {name} » suit maintenant le son",
    "Posture": "Posture",
    "Prepare a graphics card's engine: download it after you agree, or choose a Python that has torch": (
        "Préparer le moteur d'une carte graphique : le télécharger avec votre accord, ou choisir un Python qui a torch"
    ),
    "Previous": "Précédent",
    "Previous Performance of Phrase": "Interprétation précédente de la phrase",
    "Push Down Action": "Ajouter action",
    "Put a bone into a row of the list of bones; if another row has it, the two exchange theirs": (
        "Mettre un os dans une ligne de la liste des os ; si une autre ligne l'a, les deux échangent les leurs"
    ),
    "Put another gesture in place of this one; its emphasis stays on its frame": (
        "Mettre un autre geste à la place de celui-ci ; son accent reste sur son image"
    ),
    "Put feet on the floor and let them slide no more than our own body's, whatever the proportions": (
        "Poser les pieds au sol sans qu'ils glissent plus que ceux du corps fourni, quelles que soient les proportions"
    ),
    "Put the active bone into this row: click a bone in Pose Mode, then click here": (
        "Mettre l'os actif dans cette ligne : cliquer un os en mode pose, puis cliquer ici"
    ),
    "PyTorch and NumPy will be downloaded from their publishers": (
        "PyTorch et NumPy seront téléchargés chez leurs éditeurs"
    ),
    "Python program of the graphics card's engine; when empty, the one that Set Up GPU made": (
        "Programme Python du moteur de la carte graphique ; si vide, celui fait par « Configurer le GPU »"
    ),
    "Python program that has torch and numpy; when empty, one is downloaded": (
        "Programme Python qui a torch et numpy ; si vide, il en est téléchargé un"
    ),
    "Read Words": "Lire les mots",
    "Read the list of bones from a rig map's file": "Lire la liste des os dans le fichier d'une table de rig",
    "Reading audio": "Lecture du son",
    "Ready": "Prêt",
    "Recipe": "Recette",
    "Recover Last Take": "Récupérer la dernière prise",
    "Recovery Limit (MB)": "Limite de récupération (Mo)",
    "Regenerate Around Pins": "Régénérer autour des épingles",
    "Regenerate Gestures": "Régénérer les gestes",
    "Regenerate Selected Range": "Régénérer l'intervalle sélectionné",
    "Relink Pin": "Relier l'épingle",
    "Remove Pin": "Enlever l'épingle",
    "Remove Takes": "Enlever les prises",
    "Remove the drivers and numbers that let shape keys follow the character's takes": (
        "Retirer les contrôleurs et les nombres par lesquels les clés de forme suivent les prises du personnage"
    ),
    "Remove this pin from the list; its strip, if there is one, stays and is no longer followed": (
        "Enlever cette épingle de la liste ; sa bande, s'il y en a une, reste et n'est plus suivie"
    ),
    "Replace": "Remplacer",
    "Replace With…": "Remplacer par…",
    "Replace a library that was written before; no other file is ever replaced": (
        "Remplacer une bibliothèque écrite auparavant ; aucun autre fichier n'est jamais remplacé"
    ),
    "Replace the animation of the chosen body parts": "Remplacer l'animation des parties du corps choisies",
    "no no": "non, non",
    "nod": "hocher la tête",
    "nod twice": "hocher deux fois",
    "offer": "offrir",
    "one": "un",
    "over there": "là-bas",
    "plea": "supplier",
    "plea high": "supplier, haut",
    "pocketsphinx 5.1.1 will be downloaded from PyPI: about {megabytes:.0f} MB": (
        "pocketsphinx 5.1.1 sera téléchargé de PyPI : environ {megabytes:.0f} Mo"
    ),
    "pocketsphinx could not be set up ({why})": "pocketsphinx n'a pas pu être préparé ({why})",
    "pocketsphinx ended with an error ({why})": "pocketsphinx s'est terminé par une erreur ({why})",
    "pocketsphinx finds no way through the text": "pocketsphinx ne trouve pas de chemin dans le texte",
    "pocketsphinx is being set up": "pocketsphinx est en préparation",
    "point": "montrer du doigt",
    "praise": "louer",
    "no line has the id '{name}'": "aucune ligne n'a l'id '{name}'",
    "report it with Blender's version": "signalez-le avec la version de Blender",
    "Reproduce Take": "Reproduire la prise",
    "Reset Take Speed": "Réinitialiser la vitesse de la prise",
    "Restart Engine": "Redémarrer le moteur",
    "Restore Frame Rate": "Rétablir la fréquence",
    "Restore to the character a take that was finished before Blender crashed": (
        "Rendre au personnage une prise terminée avant un plantage de Blender"
    ),
    "Right": "Droite",
    "Right Arm and Leg": "Bras et jambe droits",
    "Right Fingers": "Doigts droits",
    "Rigify deform bones": "Os de déformation de Rigify",
    "Rigify metarig": "Métarig de Rigify",
    "Ring Finger": "Annulaire",
    "Row": "Ligne",
    "Row of the list of bones, as the manual names it": "Ligne de la liste des os, comme le manuel la nomme",
    "Scene '{name}' now ends on frame {frame}, where the speech ends": (
        "La scène '{name}' finit maintenant à la frame {frame}, où finit la parole"
    ),
    "Seated": "Assis",
    "Seed": "Graine",
    "Seed that this take was made with": "Graine avec laquelle cette prise a été faite",
    "Seed {seed}": "Graine {seed}",
    "Seed {seed}, version {version}": "Graine {seed}, version {version}",
    "Select the strip of this pin in the NLA editor and go to its first frame": (
        "Sélectionner la bande de cette épingle dans l'éditeur NLA et aller à sa première frame"
    ),
    "Set Bone": "Définir l'os",
    "Set Up": "Configurer",
    "Set Up GPU": "Configurer le GPU",
    "Set Up GPU…": "Configurer le GPU…",
    "Set the scene's frame rate back to the one that the playing take was made for": (
        "Rétablir la fréquence de la scène pour laquelle la prise active a été faite"
    ),
    "Shin": "Tibia",
    "Shortcuts": "Raccourcis",
    "Show Lanes": "Afficher les bandes",
    "Show Pins": "Afficher les épingles",
    "Show a copy of the character beside it that plays this take; click again to remove the copy": (
        "Montrer à côté du personnage une copie qui joue cette prise ; un autre clic l'enlève"
    ),
    "Show it in the Asset Browser, too": "L'afficher aussi dans l'explorateur d'assets",
    "Show phrases, sound and accents in the NLA editor and the sequencer": (
        "Afficher phrases, son et accents dans l'éditeur NLA et le séquenceur"
    ),
    "Show pinned strips and their fades in the NLA editor": (
        "Afficher les bandes épinglées et leurs fondus dans l'éditeur NLA"
    ),
    "Show the folder of the log file": "Montrer le dossier du fichier journal",
    "Show which gestures would be suggested for which words, when and why; nothing is placed": (
        "Montrer quels gestes seraient suggérés pour quels mots, quand et pourquoi ; rien n'est placé"
    ),
    "Sidebar Tab": "Onglet de la barre latérale",
    "Slows the movements down without making them smaller": "Ralentit les mouvements sans les réduire",
    "Solo Take": "Prise en solo",
    "Sound file to use": "Fichier son à utiliser",
    "Sound strip to use; when empty, the selected ones, the active one, or those on the lowest channel": (
        "Bande son à utiliser ; si vide, celles sélectionnées, l'active, ou celles du canal le plus bas"
    ),
    "Source": "Source",
    "Speech": "Parole",
    "Speech: {name}": "Parole : {name}",
    "Speed": "Vitesse",
    "Spine": "Colonne",
    "Star": "Étoile",
    "Star Take": "Marquer la prise d'une étoile",
    "Start Frame": "Frame de début",
    "Start the graphics card's engine again": "Redémarrer le moteur de la carte graphique",
    "Starting": "Démarrage",
    "Starting the engine": "Démarrage du moteur",
    "Stash Action": "Empiler l'action",
    "Steps": "Étapes",
    "Stop generating; nothing is written": "Arrêter la génération ; rien n'est écrit",
    "Stop setting up the engine and remove what was downloaded": (
        "Arrêter l'installation du moteur et enlever ce qui a été téléchargé"
    ),
    "Stop the graphics card's engine, so that renders have its memory; the next Generate starts it again": (
        "Arrêter le moteur de la carte graphique, pour laisser sa mémoire aux rendus ; la prochaine génération "
        "le redémarre"
    ),
    "Stop tweaking an NLA strip of the character": "Ne plus retoucher une bande NLA du personnage",
    "Stopped": "Arrêté",
    "Strip": "Bande",
    "Strip to follow; the selected one if none is given": "Bande à suivre ; celle sélectionnée si aucune n'est donnée",
    "Style": "Style",
    "Style of the gesture model to perform in; when empty, one is drawn with each take": (
        "Style du modèle de gestes dans lequel interpréter ; si vide, un style est choisi au hasard pour chaque prise"
    ),
    "Style: {name}": "Style : {name}",
    "Subtitles, a transcript of another program, or a plain text": (
        "Des sous-titres, une transcription d'un autre programme, ou un texte simple"
    ),
    "Suggest Again": "Suggérer à nouveau",
    "Suggest Gestures": "Suggérer des gestes",
    "Suggest others in place of those that you left as they are; what you moved, changed or deleted stays so": (
        "En suggérer d'autres à la place de ceux laissés tels quels "
        "; ce que vous avez déplacé, modifié ou supprimé le reste"
    ),
    "Suggested Gestures": "Gestes suggérés",
    "Suggestion Seed": "Graine des suggestions",
    "Swap Left and Right": "Échanger gauche et droite",
    "Sync to Audio": "Synchroniser avec l'audio",
    "Take": "Prise",
    "Take the character out of Edit Mode": "Sortir le personnage du mode édition",
    "Take the keys of IK controls out of the playing take again; its FK keys are as they were": (
        "Retirer de la prise qui joue les images clés des contrôleurs IK ; ses images clés FK sont comme avant"
    ),
    "Takes": "Prises",
    "Target": "Cible",
    "Test everything that generating needs, and show what works and what does not": (
        "Tester tout ce qu'il faut pour générer, et montrer ce qui marche et ce qui ne marche pas"
    ),
    "Testing it": "Test en cours",
    "Text": "Texte",
    "Text Strips": "Pistes de texte",
    "Text of This File": "Texte de ce fichier",
    "Text of this file that says what is said": "Texte de ce fichier qui contient ce qui est dit",
    "Text strips of the sequencer: the selected ones, if any is": (
        "Pistes de texte du séquenceur : celles sélectionnées, s'il y en a"
    ),
    "The GPU of Apple silicon": "Le GPU des puces Apple",
    "The character has no bones of these names: {bones}": "Le personnage n'a pas d'os de ces noms : {bones}",
    "The character's left hand": "La main gauche du personnage",
    "The character's right hand": "La main droite du personnage",
    "The fastest available device": "Le périphérique le plus rapide disponible",
    "The language that most of the words are known of": "La langue dont le plus de mots sont connus",
    "The line was spoken anew: this is a new take, with the gestures of the one before": (
        "Le texte a été redit : ceci est une nouvelle prise, avec les gestes de la précédente"
    ),
    "The next performance": "L'interprétation suivante",
    "The previous performance": "L'interprétation précédente",
    "The processor, in the engine's own process": "Le processeur, dans le processus propre au moteur",
    "The report was copied: paste it where you ask for help": (
        "Le rapport a été copié : le coller là où vous demandez de l'aide"
    ),
    "The side that is right already": "Le côté qui est déjà correct",
    "The strip of this pin is gone": "La bande de cette épingle a disparu",
    "right here": "juste ici",
    "salute": "salut militaire",
    "shake head": "secouer la tête",
    "shake head slowly": "secouer lentement la tête",
    "shrug": "hausser les épaules",
    "size": "taille",
    "stop": "arrêt",
    "stop aside": "arrêt, de côté",
    "stop firm": "arrêt, ferme",
    "stop high": "arrêt, haut",
    "stop one hand": "arrêt d'une main",
    "stress": "insister",
    "stressed in the text": "accentué dans le texte",
    "sweep away": "balayer",
    "thank": "remercier",
    "that way": "par là",
    "see 'blender -c a2g_batch --help'": "voyez 'blender -c a2g_batch --help'",
    "see its log: without a display it needs EGL": "voyez son journal : sans écran il lui faut EGL",
    "set it on the character, or use 'a2g batch'": "réglez-le sur le personnage ou utilisez 'a2g batch'",
    "the arguments cannot be read ({why})": "les arguments sont illisibles ({why})",
    "the scene has no camera": "la scène n'a pas de caméra",
    "the sequencer is left empty": "le séquenceur reste vide",
    "the take begins before frame 0": "la prise commence avant l'image 0",
    "glTF cannot tell times so late apart": "glTF ne distingue pas des temps aussi tardifs",
    "let the take begin sooner, or at 0": "faites commencer la prise plus tôt, ou à 0",
    "Thigh": "Cuisse",
    "this Blender plays no sounds": "ce Blender ne joue pas de son",
    "this Blender was built without USD": "ce Blender a été compilé sans USD",
    "This Computer's CPU": "CPU de cet ordinateur",
    "This gesture model lacks {controls}": "Il manque à ce modèle de gestes : {controls}",
    "This gesture model leaves the fingers as they are": "Ce modèle de gestes laisse les doigts tels quels",
    "This gesture model makes one motion per speech: another seed changes nothing": (
        "Ce modèle de gestes fait un seul mouvement par parole : une autre graine ne change rien"
    ),
    "Thumb": "Pouce",
    "Time Stretching is off": "l'étirement du temps est désactivé",
    "Time Stretching plays the scene faster or slower than its sound": (
        "l'étirement du temps joue la scène plus vite ou plus lentement que son son"
    ),
    "Toes": "Orteils",
    "Torso": "Torse",
    "Turn Off Hold": "Désactiver le maintien",
    "Turn Off Solo": "Désactiver le solo",
    "Turn Off Time Stretching": "Désactiver l'étirement du temps",
    "Turn On NLA": "Activer le NLA",
    "Type It…": "Le saisir…",
    "Type or paste the text": "Saisir ou coller le texte",
    "Unfinished": "Inachevée",
    "Unity names": "Noms de Unity",
    "Unknown bones": "Os inconnus",
    "Unmute Track": "Réactiver la piste",
    "Unpin Selected Strips": "Désépingler les bandes sélectionnées",
    "Unreal names": "Noms d’Unreal",
    "Update Take": "Mettre à jour la prise",
    "Update Words": "Actualiser les mots",
    "Upper Arm": "Bras supérieur",
    "Use Bones Preset": "Utiliser un préréglage d'os",
    "Use Built-in Model": "Utiliser le modèle intégré",
    "Use Pose Position": "Utiliser la position de pose",
    "three": "trois",
    "throw up hands": "lever les bras",
    "to the side": "sur le côté",
    "two": "deux",
    "unsure": "doute",
    "use Set Up Words, or pip install {package}": "utiliser « Préparer les mots », ou pip install {package}",
    "this Blender writes no videos": "ce Blender n'écrit pas de vidéos",
    "use Start at Zero, or move it": "utilisez 'Commencer à zéro', ou déplacez-la",
    "Use Take": "Utiliser la prise",
    "Use This Computer's CPU": "Utiliser le CPU de cet ordinateur",
    "Use a sound file": "Utiliser un fichier son",
    "Use every sound strip of a channel of the sequencer": "Utiliser toutes les bandes son d'un canal du séquenceur",
    "Use sound strips of the sequencer, as they are placed and trimmed there": (
        "Utiliser des bandes son du séquenceur, telles qu'elles y sont placées et rognées"
    ),
    "Use this preset as the character's list of bones": "Utiliser ce préréglage comme liste des os du personnage",
    "VRoid names": "Noms de VRoid",
    "Variation": "Variation",
    "Warnings": "Avertissements",
    "What generates gestures": "Ce qui génère les gestes",
    "What is being done": "Ce qui est en train d'être fait",
    "What is said, in any language": "Ce qui est dit, en toute langue",
    "What may be wrong": "Ce qui peut poser problème",
    "What new takes do to the animation below them": "Ce que les nouvelles prises font de l'animation en dessous",
    "What the gesture is called, and what it means": "Comment le geste s'appelle, et ce qu'il veut dire",
    "What the gesture means; suggestions choose by it": (
        "Ce que signifie le geste ; les suggestions choisissent d'après cela"
    ),
    "What this gesture means; suggestions choose by it": (
        "Ce que signifie ce geste ; les suggestions choisissent d'après cela"
    ),
    "What went wrong": "Ce qui a échoué",
    "Where new takes look: the eyes go there, and the head follows": (
        "Où regardent les nouvelles prises : les yeux y vont et la tête suit"
    ),
    "Where the speech comes from": "D'où vient la parole",
    "Where the text of the speech is": "Où se trouve le texte de la parole",
    "Whether a take follows a slider": "Si une prise suit un curseur",
    "Which bone is which part of the body, as text; when empty, it is guessed": (
        "Quel os est quelle partie du corps, en texte ; si vide, c'est deviné"
    ),
    "Which hand does it": "Quelle main le fait",
    "Which of the kept takes; the last one if none is given": (
        "Laquelle des prises conservées ; la dernière si aucune n'est donnée"
    ),
    "Which of the phrase's performances": "Laquelle des interprétations de la phrase",
    "Who Speaks": "Qui parle",
    "Whose words call for gestures": "Dont les mots appellent des gestes",
    "Words": "Mots",
    "Write Gesture Library…": "Écrire la bibliothèque de gestes…",
    "Write arms as IK": "Écrire les bras en IK",
    "Write as FK": "Écrire en FK",
    "Write as IK": "Écrire en IK",
    "Write legs as IK": "Écrire les jambes en IK",
    "Write the change to a take that was generated last": "Écrire le dernier changement généré pour une prise",
    "Write the list of bones as a rig map's file, for other characters with such bones": (
        "Écrire la liste des os comme fichier d'une table de rig, pour d'autres personnages aux os semblables"
    ),
    "Write the takes that were generated last as NLA strips of their own": (
        "Écrire les dernières prises générées comme bandes NLA à part"
    ),
    "Write what the character does while takes play into one action, which plays instead of them": (
        "Écrire ce que fait le personnage pendant les prises dans une seule action, qui joue à leur place"
    ),
    "Writing keys": "Écriture des clés",
    "a character can be added in Object Mode only": "un personnage ne peut être ajouté qu'en mode objet",
    "a choice from {start:g} s to {end:g} s is empty": "un choix de {start:g} s à {end:g} s est vide",
    "a folder cannot be shown without a window": "un dossier ne peut pas être montré sans fenêtre",
    "a frame rate of {fps} is out of range": "une fréquence de {fps} frames par seconde est hors limites",
    "a message between Blender and its engine cannot be read ({why})": (
        "un message entre Blender et son moteur ne peut pas être lu ({why})"
    ),
    "a message of {n} characters is too long": "un message de {n} caractères est trop long",
    "a pin's fade of {fade:.2f} s is too long for the speech ({speech:.2f} s)": (
        "un fondu de {fade:.2f} s est trop long pour la parole ({speech:.2f} s)"
    ),
    "a pin's fade of {fade} s is out of range": "le fondu de {fade} s d'une épingle est hors limites",
    "a pin's start is not a number": "le début d'une épingle n'est pas un nombre",
    "a pin's strength has {n} values": "la force d'une épingle a {n} valeurs",
    "a pin's strength of {strength} is out of range": "la force {strength} d'une épingle est hors limites",
    "a pinned clip from {start:.2f} s to {end:.2f} s lies outside the speech (0 to {speech:.2f} s)": (
        "un clip épinglé de {start:.2f} s à {end:.2f} s est en dehors de la parole (0 à {speech:.2f} s)"
    ),
    "a pinned clip has fewer than two frames": "un clip épinglé a moins de deux frames",
    "a pinned clip has none of the character's joints": "un clip épinglé n'a aucune articulation du personnage",
    "a pinned clip of {clip:.2f} s is longer than the speech ({speech:.2f} s)": (
        "un clip épinglé de {clip:.2f} s est plus long que la parole ({speech:.2f} s)"
    ),
    "a pose to sit in lacks {names}": "il manque {names} à une pose assise",
    "a take with a voice cannot loop": "une prise avec une voix ne peut pas boucler",
    "a time is out of range": "un temps est hors limites",
    "action '{name}' moves neither an arm nor the head": "l'action « {name} » ne bouge ni un bras ni la tête",
    "add a tier of words": "ajoutez une couche de mots",
    "add it to the text": "ajoutez-le au texte",
    "add one in the sequencer, or choose another source": (
        "en ajouter une dans le séquenceur, ou choisir une autre source"
    ),
    "add one in the text editor": "en ajouter un dans l'éditeur de texte",
    "add one there, or choose File under Speech": "en ajouter une, ou choisir « Fichier » sous « Parole »",
    "add one to its action where the gesture is strongest": (
        "en ajouter un à son action là où le geste est le plus fort"
    ),
    "add one with M, named as the word that is said there": "en ajouter un avec M, nommé d'après le mot dit là",
    "add one, or look at something else": "ajoutez-en une, ou regardez autre chose",
    "add the clip to its NLA, or use Remove Pin": "ajouter le clip à son NLA, ou utiliser « Enlever l'épingle »",
    "add them to its list of bones": "ajoutez-les à sa liste d'os",
    "an NLA strip of '{name}' is being tweaked": "une bande NLA de '{name}' est en mode retouche",
    "an NLA strip of the character is being tweaked": "une bande NLA du personnage est en mode retouche",
    "an NLA track of '{name}' plays solo": "une piste NLA de '{name}' joue en solo",
    "an idle of {seconds:g} s is out of range": "une attente de {seconds:g} s est hors limites",
    "an unexpected error occurred ({what})": "une erreur inattendue s'est produite ({what})",
    "an unexpected error occurred in the engine ({why})": "une erreur inattendue s'est produite dans le moteur ({why})",
    "and {n} more": "et {n} de plus",
    "append the armature that it was made for": "ajouter l'armature pour laquelle elle a été faite",
    "ask for frames from {low} to {high}": "demander des frames de {low} à {high}",
    "between {start} and {end} something is said that is not in the text": (
        "entre {start} et {end} on dit quelque chose qui n'est pas dans le texte"
    ),
    "bone '{bend}' does not lie between '{first}' and '{last}'": (
        "l'os '{bend}' ne se trouve pas entre '{first}' et '{last}'"
    ),
    "bone '{bone}' stands for two joints": "l'os '{bone}' tient lieu de deux articulations",
    "bone '{outer}' is above '{inner}', and should be below it": (
        "l'os '{outer}' est au-dessus de '{inner}' dans la hiérarchie et devrait être en dessous"
    ),
    "bones of the gestures are locked and will be left alone ({bones})": (
        "des os des gestes sont verrouillés et resteront tels quels ({bones})"
    ),
    "bones of the list are no longer in the armature and will be left out ({bones})": (
        "des os de la liste ne sont plus dans l’armature et seront laissés de côté ({bones})"
    ),
    "built-in model": "modèle intégré",
    "change it again": "la changer à nouveau",
    "change the take that it was made from": "modifiez la prise dont elle est issue",
    "channel {number} of the sequencer has no sound strip": "le canal {number} du séquenceur n'a pas de bande son",
    "check that Praat can open it": "vérifiez que Praat peut l'ouvrir",
    "check that it belongs to this recording": "vérifiez qu'il va avec cet enregistrement",
    "check that it is a WebVTT file": "vérifiez que c'est un fichier WebVTT",
    "check that it is a subtitle file": "vérifiez que c'est un fichier de sous-titres",
    "check the file": "vérifier le fichier",
    "check the file with a JSON editor": "vérifier le fichier avec un éditeur JSON",
    "check the file's times": "vérifiez les temps du fichier",
    "check the path of the text": "vérifiez le chemin du texte",
    "character '{character}' has no voice: {why}": "le personnage '{character}' n'a pas de voix : {why}",
    "choose File under Speech to place another": "choisir « Fichier » sous « Parole » pour en placer une autre",
    "choose a Python program": "choisir un programme Python",
    "choose a Python with torch and numpy, or let Set Up GPU make one": (
        "choisir un Python avec torch et numpy, ou laisser « Configurer le GPU » en faire un"
    ),
    "choose a file that exists": "en choisir un qui existe",
    "choose a lost one": "en choisir une perdue",
    "choose a recording that is not empty": "choisir un enregistrement qui n'est pas vide",
    "choose a recording with a voice in it, or turn its level up": (
        "choisir un enregistrement avec une voix, ou augmenter son niveau"
    ),
    "choose an Audio2Gestures model in the preferences": "choisir un modèle Audio2Gestures dans les préférences",
    "choose an Audio2Gestures model, or leave the idle out": (
        "choisir un modèle Audio2Gestures, ou renoncer à l'attente"
    ),
    "choose an Audio2Gestures model, or let the character stand": (
        "choisissez un modèle Audio2Gestures ou laissez le personnage debout"
    ),
    "choose an armature under Character, or use Add Character": (
        "choisir une armature sous « Personnage », ou utiliser « Ajouter un personnage »"
    ),
    "choose another Python": "choisir un autre Python",
    "choose another bone for it, or have the bones guessed again": (
        "choisir un autre os, ou faire deviner à nouveau les os"
    ),
    "choose another file": "choisir un autre fichier",
    "choose another folder": "choisir un autre dossier",
    "choose another name": "choisir un autre nom",
    "choose another one": "en choisir un autre",
    "choose another one and generate again": "en choisir un autre et générer à nouveau",
    "choose another one for one of them": "en choisir un autre pour l'une d'elles",
    "choose another one in the preferences, or use the built-in one": (
        "en choisir un autre dans les préférences, ou utiliser le modèle intégré"
    ),
    "choose another one under Speech": "en choisir une autre sous « Parole »",
    "choose another one under Speech, or none": "en choisir une autre sous « Parole », ou aucune",
    "choose another one, or generate a new take": "en choisir une autre, ou générer une nouvelle prise",
    "choose another one, or remove the pin": "en choisir une autre, ou enlever l'épingle",
    "choose another place": "choisir un autre emplacement",
    "choose another pose": "choisissez une autre pose",
    "choose another recording": "choisir un autre enregistrement",
    "choose another scene in the sequencer": "choisir une autre scène dans le séquenceur",
    "choose another seed": "choisir une autre graine",
    "choose at least one above Generate Gestures": "en choisir au moins une au-dessus de « Générer les gestes »",
    "choose hands or feet": "choisissez les mains ou les pieds",
    "choose it in the list of bones": "choisissez-le dans la liste des os",
    "choose it in the list of bones, or choose another armature": (
        "le choisir dans la liste des os, ou choisir une autre armature"
    ),
    "choose none": "n'en choisir aucun",
    "choose one in the list": "en choisir une dans la liste",
    "choose one in the list of takes": "en choisir une dans la liste des prises",
    "choose one of a whole body": "choisissez-en une du corps entier",
    "choose one of this file's texts": "choisir un des textes de ce fichier",
    "choose one that ends in .blend": "en choisir un qui finit par .blend",
    "choose one that exists": "en choisir un qui existe",
    "choose one that has them in the preferences": "en choisir un qui en a dans les préférences",
    "choose one that it has": "en choisir un qu'il a",
    "choose one under Gaze and Face, or look at nothing": "choisissez-en un sous Regard et visage, ou ne regardez rien",
    "choose one under Speech": "en choisir un sous « Parole »",
    "choose other bones for this limb": "choisir d'autres os pour ce membre",
    "choose others above Generate Gestures": "en choisir d'autres au-dessus de « Générer les gestes »",
    "choose others for them in the list of bones, or use Guess Again": (
        "choisissez-en d’autres dans la liste des os, ou utilisez Deviner à nouveau"
    ),
    "choose others, or unpin it": "en choisir d'autres, ou le désépingler",
    "choose some, or mute the pin": "en choisir, ou suspendre l'épingle",
    "choose that model, or generate a new take": "choisir ce modèle, ou générer une nouvelle prise",
    "choose that one in the preferences, or use Generate Gestures for new motion": (
        "choisir celui-là dans les préférences, ou utiliser « Générer les gestes » pour un nouveau mouvement"
    ),
    "choose that one under Speech, or use Generate Gestures for a new take": (
        "choisir celle-là sous « Parole », ou utiliser « Générer les gestes » pour une nouvelle prise"
    ),
    "choose that one under Speech, or use Update Take for a new take with its gestures": (
        "choisir celle-là sous « Parole », ou utiliser « Mettre à jour la prise » pour une nouvelle prise avec ses "
        "gestes"
    ),
    "choose that version's product.safetensors in the preferences, or use Generate Gestures for new motion": (
        "choisir product.safetensors de cette version dans les préférences, ou utiliser « Générer les gestes » pour "
        "un nouveau mouvement"
    ),
    "choose the armature of somebody who stands upright at rest": "choisir l'armature d'un personnage debout au repos",
    "choose the speech of another one, or look at something else": (
        "choisissez la parole d'un autre, ou regardez autre chose"
    ),
    "choose them in the list of bones": "choisissez-les dans la liste des os",
    "click a bone there first": "y cliquer d'abord un os",
    "click one first": "en cliquer un d'abord",
    "click one there": "cliquer sur l'une d'elles",
    "clip '{name}' has animated strip time": "le clip '{name}' joue avec un temps animé",
    "clip '{name}' has modifiers of its own": "le clip '{name}' a ses propres modificateurs",
    "clip '{name}' is added to what lies below it": "le clip '{name}' s'ajoute à ce qui est en dessous",
    "clip '{name}' lies in a reversed meta strip": "le clip '{name}' est dans une bande méta inversée",
    "clip '{name}' turns '{bone}', which has no effect while '{property}' of '{switch}' is not {value}": (
        "le clip '{name}' tourne '{bone}', sans effet tant que '{property}' de '{switch}' ne vaut pas {value}"
    ),
    "close other programs that use it, or use this computer's CPU": (
        "fermer les autres programmes qui l'utilisent, ou utiliser le CPU de cet ordinateur"
    ),
    "constraints or drivers turn bones of the gestures ({bones})": (
        "des contraintes ou des contrôleurs tournent des os des gestes ({bones})"
    ),
    "convert it to WAV": "le convertir en WAV",
    "convert it to WAV, or keep File under Speech": "le convertir en WAV, ou garder « Fichier » sous « Parole »",
    "correct or remove those frames": "corriger ou laisser de côté ces frames",
    "drag a preview range in the timeline with P": "tracer un intervalle de prévisualisation dans la timeline avec P",
    "drag it over the take with P in the timeline": "le tracer sur la prise avec P dans la timeline",
    "drag it over what is said with P in the timeline": "la tracer avec P sur ce qui est dit, dans la timeline",
    "enough to work with, a second of speech takes {seconds:.2f} s": (
        "on peut travailler, une seconde de parole prend {seconds:.2f} s"
    ),
    "every character of the scene is animated already, or hidden": (
        "chaque personnage de la scène est déjà animé ou caché"
    ),
    "exactly one NLA strip of the character must be selected": (
        "il n'y a pas exactement une bande NLA du personnage sélectionnée"
    ),
    "exchange them in the list of bones, or choose the bones again": (
        "les échanger dans la liste des os, ou choisir à nouveau les os"
    ),
    "export it again, with a usual one such as 48000 Hz": (
        "l'exporter à nouveau avec une fréquence usuelle comme 48000 Hz"
    ),
    "export it with a rest pose that stands upright": "l'exporter avec une pose de repos debout",
    "export it with its bone lengths": "l'exporter avec les longueurs de ses os",
    "export it with right-handed axes": "l'exporter avec des axes directs",
    "export the recording again": "exporter à nouveau l'enregistrement",
    "fast enough, a second of speech takes {seconds:.2f} s": (
        "assez rapide, une seconde de parole prend {seconds:.2f} s"
    ),
    "find it with Find Speech File": "le trouver avec « Chercher le fichier de parole »",
    "find its file there, or make the sound local first": "chercher son fichier là-bas, ou rendre d'abord le son local",
    "frames {first} to {stop} lie outside the speech": "les frames {first} à {stop} sont en dehors de la parole",
    "free some space": "libérer de l'espace",
    "free some space on the disk": "libérer de l'espace sur le disque",
    "free some space, or choose an existing Python": "libérer de l'espace, ou choisir un Python existant",
    "generate a new one": "en générer une nouvelle",
    "generate a new take": "générer une nouvelle prise",
    "gestures are being generated": "des gestes sont en cours de génération",
    "give 0 (loose) to 1 (exact)": "donner de 0 (libre) à 1 (exact)",
    "give 0 to {most:g} seconds": "indiquer de 0 à {most:g} secondes",
    "give a clip of somebody who stands upright, with Y up": (
        "donner un clip de quelqu'un qui se tient debout, avec Y vers le haut"
    ),
    "give a clip with animation": "donner un clip animé",
    "give a number, or one per frame": "donner un nombre, ou un par frame",
    "give a second of it": "donnez une seconde de celle-ci",
    "give a whole body whose joints have the SMPL-X names": (
        "donner un corps entier dont les articulations portent les noms de SMPL-X"
    ),
    "give an npz that says its frames per second there": "donner un npz qui y indique ses frames par seconde",
    "give an npz with 'poses' (T, 165) and 'mocap_frame_rate'": (
        "donner un npz avec 'poses' (T, 165) et 'mocap_frame_rate'"
    ),
    "give frames per second, such as 30": "donner des frames par seconde, par exemple 30",
    "give it to one": "le donner à une seule",
    "give its start in seconds": "donner son début en secondes",
    "give left, right or both": "donnez left, right ou both",
    "give one of Whisper, WhisperX, Vosk, AWS Transcribe or ElevenLabs, or subtitles": (
        "donnez-en une de Whisper, WhisperX, Vosk, AWS Transcribe ou ElevenLabs, ou des sous-titres"
    ),
    "give one of each per joint": "donner un de chaque par articulation",
    "give one, or one per frame of its clip": "en donner une, ou une par frame de son clip",
    "give seconds, 0 or more": "donner des secondes, 0 ou plus",
    "give the 52 or 55 SMPL-X joints": "donner les 52 ou 55 articulations de SMPL-X",
    "give the map the name of its file": "donner à la table le nom de son fichier",
    "give the text of one recording": "donnez le texte d'un seul enregistrement",
    "give the text of what is said": "donnez le texte de ce qui est dit",
    "give {kinds}": "donnez {kinds}",
    "give {known}": "donnez {known}",
    "go there with Tab": "y aller avec Tab",
    "go to the next one instead": "passer plutôt à la suivante",
    "have the bones guessed again": "faire deviner à nouveau les os",
    "hear it again for this model": "l'écouter à nouveau pour ce modèle",
    "install one from python.org, or choose a Python that has torch": (
        "en installer un depuis python.org, ou choisir un Python qui a torch"
    ),
    "install the add-on again": "réinstaller l'add-on",
    "invert the other one to hear both": "inverser la polarité de l'autre pour entendre les deux",
    "it cannot be told what was edited in take '{name}'": (
        "impossible de savoir ce qui a été modifié dans la prise « {name} »"
    ),
    "it cannot be told which way is up": "on ne peut pas savoir où est le haut",
    "it does not begin with WEBVTT": "il ne commence pas par WEBVTT",
    "it has no 'mocap_frame_rate'": "il n'a pas de 'mocap_frame_rate'",
    "it has no 'poses'": "il n'a pas de 'poses'",
    "it has no frames": "il n'a aucune frame",
    "it has no subtitles": "il n'a pas de sous-titres",
    "it is no transcript of a kind that is known": "ce n'est pas une transcription d'un type connu",
    "it is not JSON, or only a part of it": "ce n'est pas du JSON, ou seulement une partie",
    "it is not UTF-8 text": "ce n'est pas du texte UTF-8",
    "it is not a TextGrid": "ce n'est pas un TextGrid",
    "it is not a text": "ce n'est pas un texte",
    "its feet point backwards in its rest pose": "ses pieds pointent vers l'arrière dans la pose de repos",
    "key that property in the clip, or choose other body parts for it": (
        "ajouter des clés à cette propriété dans le clip, ou choisir d'autres parties du corps"
    ),
    "leave it out of the text if it is not said": "retirez-le du texte si ce n'est pas dit",
    "leave it with Tab": "le quitter avec Tab",
    "leave it with Tab in the NLA editor": "le quitter avec Tab dans l'éditeur NLA",
    "left and right are exchanged ('{bone}' lies on the other side)": (
        "la gauche et la droite sont échangées ('{bone}' se trouve de l'autre côté)"
    ),
    "let it begin earlier or later": "la faire commencer plus tôt ou plus tard",
    "let it end after it starts": "la faire finir après son début",
    "let it end after its start": "le faire finir après son début",
    "let it end in .blend": "le faire finir par .blend",
    "let it show its pose again": "lui faire montrer à nouveau sa pose",
    "let only an idle loop": "ne faire boucler qu'une attente",
    "let them be free first": "libérez-les d'abord",
    "list every parent before its children": "lister chaque parent avant ses enfants",
    "list the bones from the hips to the head under 'spine' and 'neck'": (
        "énumérer les os des hanches à la tête sous 'spine' et 'neck'"
    ),
    "look at the log, or choose an existing Python": "regarder le journal, ou choisir un Python existant",
    "make a library override of it first": "en faire d'abord une redéfinition de bibliothèque",
    "make it local first": "le rendre d'abord local",
    "make the strip longer": "allonger la piste",
    "make the strip longer, or unpin it": "allonger la bande, ou la désépingler",
    "mark one that does": "en marquer une qui le fait",
    "move it there or unpin it": "le déplacer là, ou le désépingler",
    "move its other strips out of the way": "déplacer ses autres bandes ailleurs",
    "move the clip onto the speech": "déplacer le clip sur la parole",
    "mute it instead": "la suspendre plutôt",
    "mute it, or delete it there": "la suspendre, ou la supprimer là-bas",
    "mute it, or set its Blending to Replace or Combine": (
        "la suspendre, ou mettre son mélange sur « Remplacer » ou « Combiner »"
    ),
    "mute its pin instead": "suspendre plutôt son épingle",
    "mute the pins, or choose an Audio2Gestures model": "suspendre les épingles, ou choisir un modèle Audio2Gestures",
    "name one to write to": "en nommer un où écrire",
    "name them as ARKit does, such as eyeBlinkLeft and jawOpen": (
        "nommez-les comme ARKit, par exemple eyeBlinkLeft et jawOpen"
    ),
    "no IK controls of this rig are known": "aucun contrôleur IK de ce rig n’est connu",
    "no NLA strip of the character is being tweaked": "aucune bande NLA du personnage n'est en mode retouche",
    "no NLA strip of the character is selected": "aucune bande NLA du personnage n'est sélectionnée",
    "no NLA track of the character plays solo": "aucune piste NLA du personnage ne joue en solo",
    "no Python from {oldest} to {newest} was found to set up the engine with": (
        "aucun Python de {oldest} à {newest} n'a été trouvé pour installer le moteur"
    ),
    "no action of the character is selected": "aucune action du personnage n'est sélectionnée",
    "no armature of this file has the bones of '{name}'": "aucune armature de ce fichier n'a les os de « {name} »",
    "no body part is chosen": "aucune partie du corps n'est choisie",
    "no bone is an eye of this character: its head turns alone": (
        "aucun os n'est un œil de ce personnage : seule sa tête tourne"
    ),
    "no bone is the jaw of this character": "aucun os n'est la mâchoire de ce personnage",
    "no bone of '{name}' is active": "aucun os de '{name}' n'est actif",
    "no bone was found for the head": "aucun os n'a été trouvé pour la tête",
    "no bone was found for the hips": "aucun os n'a été trouvé pour les hanches",
    "no bones were found for an arm": "aucun os n'a été trouvé pour un bras",
    "no character is chosen": "aucun personnage n'est choisi",
    "no clip is pinned": "aucun clip n'est épinglé",
    "no constraint or driver turns these bones": "aucune contrainte et aucun contrôleur ne tourne ces os",
    "no file is given": "aucun fichier n'est donné",
    "no file of the speech is missing": "aucun fichier de la parole ne manque",
    "no file was named": "aucun fichier n'a été nommé",
    "no finished take is kept on this computer": "aucune prise terminée n'est conservée sur cet ordinateur",
    "no gesture is selected": "aucun geste n'est sélectionné",
    "no gesture model": "aucun modèle de gestes",
    "no gesture was placed yet": "aucun geste n'a encore été placé",
    "no gesture was suggested yet": "aucun geste n'a encore été suggéré",
    "no log file is written": "aucun fichier journal n'est écrit",
    "no marker with words lies over the speech": "aucun marqueur avec des mots ne se trouve sur la parole",
    "no mesh shows how wide the character is": "aucun maillage ne montre la largeur du personnage",
    "no object to look at is chosen": "aucun objet à regarder n'est choisi",
    "no other character has a voice": "aucun autre personnage n'a de voix",
    "no pin is chosen": "aucune épingle n'est choisie",
    "no pin of the character is lost": "aucune épingle du personnage n'est perdue",
    "no pinned NLA strip of the character is selected": "aucune bande NLA épinglée du personnage n'est sélectionnée",
    "no range is selected": "aucun intervalle n'est sélectionné",
    "no shape key follows this character": "aucune clé de forme ne suit ce personnage",
    "no shape key of this character's meshes is known by its name to close the eyes, turn them or open the jaw": (
        "aucune clé de forme des maillages de ce personnage n'est reconnue par son nom pour fermer les yeux, les "
        "tourner ou ouvrir la mâchoire"
    ),
    "no speech file is chosen": "aucun fichier de parole n'est choisi",
    "no strip with sound is active in the sequencer": "aucune bande avec du son n'est active dans le séquenceur",
    "no take has been generated yet": "aucune prise n'a encore été générée",
    "no take is chosen": "aucune prise n'est choisie",
    "no take of the character needs this": "aucune prise du personnage n'en a besoin",
    "no take of the character plays": "aucune prise du personnage ne joue",
    "no text strip with words lies over the speech": "aucune piste de texte avec des mots ne se trouve sur la parole",
    "no word lies in what is heard of the speech": "aucun mot ne se trouve dans ce qui s'entend de la parole",
    "nobody stands as it does in its rest pose": "personne ne se tient debout comme dans sa pose de repos",
    "none of the chosen body parts can be moved": "aucune des parties du corps choisies ne peut être bougée",
    "nothing was clicked": "rien n'a été cliqué",
    "click an accent in the NLA editor or the sequencer": "cliquez sur un accent dans l'éditeur NLA ou le séquenceur",
    "an accent is at no time": "un accent n'est à aucun moment",
    "an accent's strength of {strength:g} is out of range": "la force d'un accent de {strength:g} est hors limites",
    "change others there": "changez-en d'autres",
    "give seconds from the beginning of the speech": "donnez des secondes depuis le début de la parole",
    "go to one: the lanes of NLA editor and sequencer show them": (
        "allez à l'un d'eux : les bandes de l'éditeur NLA et du séquenceur les montrent"
    ),
    "make it stronger": "renforcez-le",
    "make it stronger or weaker": "renforcez-le ou affaiblissez-le",
    "no accent is near this frame": "aucun accent n'est proche de cette frame",
    "raise Energy for more movement everywhere": "augmentez Énergie pour plus de mouvement partout",
    "this accent is as it is heard": "cet accent est tel qu'il est entendu",
    "this accent is as strong as it can be": "cet accent est aussi fort que possible",
    "this accent is as weak as it can be": "cet accent est aussi faible que possible",
    "{number} of the accents that you changed are not in this recording": (
        "{number} des accents que vous avez changés ne sont pas dans cet enregistrement"
    ),
    "nothing is being generated": "rien n'est en cours de génération",
    "nothing is known of how the character sits": "on ne sait pas comment le personnage est assis",
    "nothing is said in the selected range": "rien n'est dit dans la plage choisie",
    "nothing is said in this take": "rien n'est dit dans cette prise",
    "now": "maintenant",
    "others drive, key or own these shape keys already ({names})": (
        "d'autres pilotent, animent ou possèdent déjà ces clés de forme ({names})"
    ),
    "pin '{name}' comes from the linked file": "l'épingle '{name}' vient du fichier lié",
    "pin '{name}' is not lost": "l'épingle '{name}' n'est pas perdue",
    "pin a clip made for it, or unpin it": "épingler un clip fait pour lui, ou le désépingler",
    "pin a clip that moves its body": "épingler un clip qui anime son corps",
    "pin a longer clip": "épingler un clip plus long",
    "pinned clip '{name}' has no body part to follow it": "aucune partie du corps ne suit le clip épinglé '{name}'",
    "pinned clip '{name}' is shorter than two frames": "le clip épinglé '{name}' fait moins de deux frames",
    "pinned clip '{name}' keys rotations of another kind than its bones are set to": (
        "le clip épinglé '{name}' anime des rotations d'un autre type que celui de ses os"
    ),
    "pinned clip '{name}' lies outside the speech (frames {first} to {last})": (
        "le clip épinglé '{name}' est en dehors de la parole (frames {first} à {last})"
    ),
    "pinned clip '{name}' turns no bone of the body parts chosen for it": (
        "le clip épinglé '{name}' ne tourne aucun os des parties du corps choisies pour lui"
    ),
    "pinned clip '{name}' turns none of the character's bones": (
        "le clip épinglé '{name}' ne tourne aucun os du personnage"
    ),
    "pinned clips have changed since this take was made ({names})": (
        "des clips épinglés ont changé depuis la création de cette prise ({names})"
    ),
    "put back its file '{name}.py', or generate a new take": (
        "remettre son fichier « {name}.py », ou générer une nouvelle prise"
    ),
    "raise Variation, choose a longer part, or use another seed": (
        "augmenter « Variation », choisir une partie plus longue, ou utiliser une autre graine"
    ),
    "read docs/manual in the add-on's repository": "lire docs/manual dans le dépôt du module",
    "remove them from the strip": "les enlever de la bande",
    "remove them from the take first": "retirez-les d’abord de la prise",
    "report this as a bug": "signaler ceci comme un bug",
    "reset its scale, repeat and reversal in the NLA editor": (
        "réinitialiser son échelle, sa répétition et son inversion dans l'éditeur NLA"
    ),
    "restart it, or use this computer's CPU": "le redémarrer, ou utiliser le CPU de cet ordinateur",
    "restart the engine": "redémarrer le moteur",
    "reverse the clip itself": "inverser le clip lui-même",
    "rig map '{file}' cannot be read ({reason})": "la table de rig '{file}' est illisible ({reason})",
    "rig map '{file}' cannot be read as JSON ({reason})": (
        "la table de rig '{file}' n'est pas lisible en JSON ({reason})"
    ),
    "rig map '{file}' gives bone '{bone}' to '{first}' and '{second}'": (
        "la table de rig '{file}' donne l'os '{bone}' à '{first}' et '{second}'"
    ),
    "rig map '{file}' has '{joint}' under '{key}'": "la table de rig '{file}' a '{joint}' sous '{key}'",
    "rig map '{file}' has format {format}": "la table de rig '{file}' a le format {format}",
    "rig map '{file}' has no valid '{key}'": "la table de rig '{file}' n'a pas de '{key}' valable",
    "rig map '{file}' has the unknown joint '{joint}' under '{key}'": (
        "la table de rig '{file}' a l'articulation inconnue '{joint}' sous '{key}'"
    ),
    "rig map '{file}' has the unknown key '{key}'": "la table de rig '{file}' a la clé inconnue '{key}'",
    "rig map '{file}' is named '{name}' inside": "la table de rig '{file}' s'appelle '{name}' à l'intérieur",
    "rig map '{file}' is too large": "la table de rig '{file}' est trop grande",
    "save it as UTF-8": "enregistrez-le en UTF-8",
    "see 'Rig maps' in the manual": "voir 'Rig maps' dans le manuel",
    "select NLA strips of it and use Pin Selected Strips": (
        "en sélectionner des bandes NLA et utiliser « Épingler les bandes sélectionnées »"
    ),
    "select NLA strips of the character and use Pin Selected Strips": (
        "sélectionner des bandes NLA du personnage et utiliser « Épingler les bandes sélectionnées »"
    ),
    "select one in the NLA editor": "en sélectionner une dans l'éditeur NLA",
    "select one that plays an action": "en sélectionner une qui joue une action",
    "select strips of it in the NLA editor, or key a gesture": (
        "en sélectionner des pistes dans l'éditeur NLA, ou animer un geste"
    ),
    "select the one to follow": "sélectionner celle à suivre",
    "select the strip of one in the NLA editor": "en sélectionner la piste dans l'éditeur NLA",
    "the armature has no arms to measure a body by": "l'armature n'a pas de bras d'après lesquels mesurer un corps",
    "choose their bones in the list of bones": "choisir leurs os dans la liste des os",
    "the body of the character was not measured": "le corps du personnage n'a pas été mesuré",
    "the measured body of the character cannot be read": "le corps mesuré du personnage est illisible",
    "use Measure Hand Clearance": "utiliser « Mesurer l'écart des mains »",
    "set Hand Clearance yourself": "réglez l'écart des mains vous-même",
    "set its Blending to Replace": "mettre son mélange sur « Remplacer »",
    "set the bones to that Rotation Mode, or use Generate Gestures for a new take": (
        "mettre les os dans ce mode de rotation, ou utiliser « Générer les gestes » pour une nouvelle prise"
    ),
    "set the bones to the Rotation Mode that it was keyed in, or unpin it": (
        "mettre les os dans le mode de rotation de ses clés, ou le désépingler"
    ),
    "set the scene's frame rate back, or use Generate Gestures for a new take": (
        "rétablir la fréquence de la scène, ou utiliser « Générer les gestes » pour une nouvelle prise"
    ),
    "set the scene's frame rate to that, or choose another take": (
        "mettre la scène à cette fréquence, ou choisir une autre prise"
    ),
    "set them back, or choose an Audio2Gestures model": "les rétablir, ou choisir un modèle Audio2Gestures",
    "shorten the fade": "raccourcir le fondu",
    "slow, a second of speech takes {seconds:.1f} s; sliders will follow late": (
        "lent, une seconde de parole prend {seconds:.1f} s ; les curseurs suivront tard"
    ),
    "sound '{name}' is linked from another file": "le son '{name}' est lié depuis un autre fichier",
    "sound strip '{name}' has no sound": "la bande son '{name}' n'a pas de son",
    "sound strip '{name}' is muted or hidden by its meta strip": (
        "la bande son '{name}' est suspendue ou cachée par sa bande méta"
    ),
    "sound strip '{name}' is retimed in a way that cannot be followed": (
        "le changement de vitesse de la bande son '{name}' ne peut pas être suivi"
    ),
    "speech '{name}' is {now} frames long, but its take was made for {then}": (
        "la parole '{name}' dure {now} frames, mais sa prise a été faite pour {then}"
    ),
    "strip '{name}' has no pose marker '{marker}'": "la piste « {name} » n'a pas de marqueur de pose « {marker} »",
    "strip '{name}' is pinned already": "la bande '{name}' est déjà épinglée",
    "strip '{name}' lies in a meta strip": "la piste « {name} » se trouve dans une méta-piste",
    "strip '{name}' plays in a way that cannot be baked (only plain strips that replace or combine can)": (
        "la bande '{name}' joue d'une façon qui ne peut être précalculée (seules les simples, qui remplacent ou "
        "combinent)"
    ),
    "strip '{strip}' holds its pose (Extrapolation: Hold) over take '{name}' and hides it": (
        "la bande '{strip}' maintient sa pose (Extrapolation : maintien) par-dessus la prise '{name}' et la cache"
    ),
    "strip '{strip}' lies over all of take '{name}' and hides it": (
        "la bande '{strip}' se trouve par-dessus toute la prise '{name}' et la cache"
    ),
    "take '{name}' does not play at its own speed": "la prise '{name}' ne joue pas à sa propre vitesse",
    "take '{name}' has fewer keys, to be edited by hand": (
        "la prise « {name} » a moins d'images clés, pour la modifier à la main"
    ),
    "take '{name}' holds keys of your own on '{bone}'": (
        "la prise '{name}' contient vos propres images clés sur '{bone}'"
    ),
    "take '{name}' is combined with what lies below it, which IK controls cannot be": (
        "la prise '{name}' est combinée avec ce qui est dessous, ce que les contrôleurs IK ne permettent pas"
    ),
    "take '{name}' is linked from another file": "la prise '{name}' est liée depuis un autre fichier",
    "take '{name}' is not written as IK": "la prise '{name}' n’est pas écrite en IK",
    "take '{name}' is written as IK, and can be changed as FK only": (
        "la prise '{name}' est écrite en IK, et ne peut être modifiée qu’en FK"
    ),
    "take '{name}' keys none of the limbs chosen whose IK controls are known": (
        "la prise '{name}' n’anime aucun des membres choisis dont les contrôleurs IK sont connus"
    ),
    "take it out of there first": "l'en sortir d'abord",
    "the NLA of '{name}' is turned off": "le NLA de '{name}' est désactivé",
    "the NLA of the character is on": "le NLA du personnage est activé",
    "the NLA track of take '{name}' is muted": "la piste NLA de la prise '{name}' est suspendue",
    "the TextGrid has no tier with words": "le TextGrid n'a pas de couche avec des mots",
    "no word of the text is heard": "aucun mot du texte ne s'entend",
    "the action of '{name}' is linked from another file": "l'action de '{name}' est liée depuis un autre fichier",
    "the active action '{name}' would hide the gestures": "l'action active '{name}' cacherait les gestes",
    "the body does not rise from the hips ('{pelvis}') to the head ('{head}')": (
        "le corps ne s'élève pas des hanches ('{pelvis}') à la tête ('{head}')"
    ),
    "the built-in gesture model is used already": "le modèle de gestes intégré est déjà utilisé",
    "the channels of '{name}' cancel each other out, so that only the loudest one is heard": (
        "les canaux de '{name}' s'annulent, si bien que seul le plus fort est entendu"
    ),
    "the character has an active action, which the baked one would replace": (
        "le personnage a une action active, que l'action précalculée remplacerait"
    ),
    "the character has no active action": "le personnage n'a pas d'action active",
    "the character has no bones for '{name}'": "le personnage n'a pas d'os pour « {name} »",
    "the character has no pin": "le personnage n'a pas d'épingle",
    "the character has no strip without a pin": "le personnage n'a pas de bande sans épingle",
    "the character has no take": "le personnage n'a pas de prise",
    "the character has no take '{name}'": "le personnage n'a pas de prise '{name}'",
    "the character is not in Edit Mode": "le personnage n'est pas en mode édition",
    "the character is not in Rest Position": "le personnage n'est pas en position de repos",
    "the character is not linked from another file": "le personnage n'est pas lié depuis un autre fichier",
    "the character was deleted meanwhile": "le personnage a été supprimé entre-temps",
    "the character's list of bones cannot be read ({why})": "la liste des os du personnage est illisible ({why})",
    "the disk has {free:.1f} GB of free space and the engine needs {size:.1f} GB": (
        "le disque a {free:.1f} Go libres et il en faut {size:.1f} au moteur"
    ),
    "the emphasis of '{name}' is cut off": "l'accent de « {name} » est coupé",
    "the engine and the add-on have different versions": "le moteur et l'add-on sont de versions différentes",
    "the engine could not be set up ({why})": "le moteur n'a pas pu être installé ({why})",
    "the engine does not answer": "le moteur ne répond pas",
    "the engine is being set up": "le moteur est en cours d'installation",
    "the engine is not being set up": "le moteur n'est pas en cours d'installation",
    "the engine is not running": "le moteur n'est pas lancé",
    "the engine reported an error that cannot be read": "le moteur a signalé une erreur qui ne peut pas être lue",
    "the engine stopped (status {status})": "le moteur s'est arrêté (état {status})",
    "the engine stopped ({why})": "le moteur s'est arrêté ({why})",
    "the engine was killed, perhaps because memory ran out": (
        "le moteur a été arrêté de l'extérieur, peut-être par manque de mémoire"
    ),
    "the engine's Python '{path}' cannot be started ({why})": (
        "le Python '{path}' du moteur ne peut pas démarrer ({why})"
    ),
    "the engine's Python '{path}' is missing": "le Python '{path}' du moteur manque",
    "the engine's Python cannot load torch ({why})": "le Python du moteur ne peut pas charger torch ({why})",
    "the file '{name}' between Blender and its engine cannot be read ({why})": (
        "le fichier '{name}' entre Blender et son moteur ne peut pas être lu ({why})"
    ),
    "the file of sound strip '{name}' is missing ('{path}')": "le fichier de la bande son '{name}' manque ('{path}')",
    "the folder '{path}' cannot be written ({why})": "le dossier '{path}' ne peut pas être écrit ({why})",
    "the gesture model '{name}' makes 2-D key points, not body motion": (
        "le modèle de gestes '{name}' génère des points 2D, pas des mouvements du corps"
    ),
    "the gesture model cannot be used ({why})": "le modèle de gestes ne peut pas être utilisé ({why})",
    "the gesture model is missing": "le modèle de gestes manque",
    "the graphics card has too little free memory": "la carte graphique a trop peu de mémoire libre",
    "the graphics card's engine is not set up": "le moteur de la carte graphique n'est pas installé",
    "the header of '{name}' is damaged": "l'en-tête de '{name}' est endommagé",
    "the kept take is damaged": "la prise conservée est endommagée",
    "the kept take is for a body that this version does not know ({names})": (
        "la prise conservée est pour un corps que cette version ne connaît pas ({names})"
    ),
    "the kept take was made by a newer version of Audio2Gestures": (
        "la prise conservée vient d'une version plus récente d'Audio2Gestures"
    ),
    "the kept take was made for {made:g} frames per second, but the scene plays {now:g}": (
        "la prise conservée est faite pour {made:g} frames par seconde, et la scène en joue {now:g}"
    ),
    "the list of bones has no row '{row}'": "la liste des os n'a pas de ligne '{row}'",
    "the list of bones names '{bone}', which the armature does not have": (
        "la liste des os nomme '{bone}', que l'armature n'a pas"
    ),
    "the list of bones was not corrected": "la liste des os n'a pas été corrigée",
    "the manual is not installed": "le manuel n'est pas installé",
    "the motion contains values that are not finite": "le mouvement contient des valeurs qui ne sont pas finies",
    "the motion diverged by frame {frame}": "le mouvement a divergé à la frame {frame}",
    "the plan of a performance is damaged": "le plan d'une interprétation est endommagé",
    "the plan of this take was made with another model": "le plan de cette prise a été fait avec un autre modèle",
    "this take does not know everybody who takes part by now ({names})": (
        "cette prise ne connaît pas tous ceux qui participent à présent ({names})"
    ),
    "the scene has become longer than the idle of this take": (
        "la scène est devenue plus longue que l'attente de cette prise"
    ),
    "the scene has no camera to look at": "la scène n'a pas de caméra à regarder",
    "the scene's range is empty": "la plage de la scène est vide",
    "the selected range lies outside the take": "l'intervalle sélectionné est en dehors de la prise",
    "the sequencer has no sound strip": "le séquenceur n'a pas de bande son",
    "the sequencer has no sound strip '{name}'": "le séquenceur n'a pas de bande son '{name}'",
    "the sequencer's scene '{name}' is linked from another file": (
        "la scène '{name}' du séquenceur est liée depuis un autre fichier"
    ),
    "the skeleton has no fingers to make key points of": "le squelette n'a pas de doigts pour en faire des points clés",
    "the skeleton's joints are out of order": "les articulations du squelette sont dans le désordre",
    "the skeleton's names, parents and offsets differ in length": (
        "les noms, parents et décalages du squelette diffèrent en nombre"
    ),
    "the speech contains samples that are not finite or far too large": (
        "la parole contient des valeurs qui ne sont pas finies ou sont bien trop grandes"
    ),
    "the speech has no samples": "la parole ne contient aucun son",
    "the speech is in the sequencer already": "la parole est déjà dans le séquenceur",
    "the speech is not the one that this take was made for ('{name}')": (
        "la parole n'est pas celle pour laquelle cette prise a été faite ('{name}')"
    ),
    "the speech is silent": "la parole est silencieuse",
    "the speech lies outside Blender's timeline (frames {first} to {last})": (
        "la parole se trouve en dehors de la ligne de temps de Blender (frames {first} à {last})"
    ),
    "the speech was heard at {heard:g} frames per second, but this model works at {model:g}": (
        "la parole a été écoutée à {heard:g} frames par seconde, et ce modèle travaille à {model:g}"
    ),
    "the speech was moved to frame {now}, but take '{name}' begins on frame {then}": (
        "la parole a été déplacée à la frame {now}, mais la prise '{name}' commence à la frame {then}"
    ),
    "the strip of this pin is gone": "la bande de cette épingle a disparu",
    "the take keys rotations of another kind than its bones are set to ({bones})": (
        "la prise anime des rotations d'un autre type que celui de ses os ({bones})"
    ),
    "the take was deleted meanwhile": "la prise a été supprimée entre-temps",
    "the take was edited meanwhile": "la prise a été modifiée entre-temps",
    "the text does not seem to be what is said": "le texte ne semble pas être ce qui est dit",
    "the text has no words": "le texte n'a pas de mots",
    "the text is too long for the speech": "le texte est trop long pour la parole",
    "the words are those of another recording": "les mots sont ceux d'un autre enregistrement",
    "the words of the speech are not known": "les mots de la parole ne sont pas connus",
    "there is no character in the scene": "il n'y a pas de personnage dans la scène",
    "there is no file '{path}'": "il n'y a pas de fichier '{path}'",
    "there is no folder '{path}'": "il n'y a pas de dossier « {path} »",
    "there is no gesture '{name}'": "il n'y a pas de geste « {name} »",
    "there is no gesture model '{path}'": "il n'y a pas de modèle de gestes '{path}'",
    "there is no lexicon of '{language}'": "il n'y a pas de lexique de « {language} »",
    "there is no log": "il n'y a pas de journal",
    "there is no memory to free": "il n'y a pas de mémoire à libérer",
    "there is no text '{path}'": "il n'y a pas de texte « {path} »",
    "there is nothing to cancel": "il n'y a rien à annuler",
    "there is nothing to change": "il n'y a rien à changer",
    "there is nothing to find": "il n'y a rien à chercher",
    "there is nothing to forget": "il n'y a rien à oublier",
    "there is nothing to leave": "il n'y a rien à quitter",
    "there is nothing to move to the NLA": "il n'y a rien à mettre dans le NLA",
    "there is nothing to mute": "il n'y a rien à suspendre",
    "there is nothing to override": "il n'y a rien à redéfinir",
    "there is nothing to relink": "il n'y a rien à relier",
    "there is nothing to restart": "il n'y a rien à redémarrer",
    "there is nothing to turn off": "il n'y a rien à désactiver",
    "there is nothing to turn on": "il n'y a rien à activer",
    "this computer's CPU generates gestures": "le CPU de cet ordinateur génère les gestes",
    "this computer's CPU generates gestures already": "le CPU de cet ordinateur génère déjà les gestes",
    "this file has no text": "ce fichier n'a aucun texte",
    "this is the phrase's first performance": "c'est la première interprétation de la phrase",
    "this model cannot follow pinned clips": "ce modèle ne peut pas suivre des clips épinglés",
    "this model cannot idle": "ce modèle ne sait pas attendre",
    "this model cannot regenerate a part of a take": "ce modèle ne peut pas régénérer une partie d'une prise",
    "this model cannot sit": "ce modèle ne sait pas s'asseoir",
    "this model has no style '{style}'": "ce modèle n'a pas de style '{style}'",
    "this model has no styles": "ce modèle n'a pas de styles",
    "this model lacks the controls {names}": "il manque à ce modèle les curseurs {names}",
    "this model makes 2-D key points, not the motion of a skeleton": (
        "ce modèle génère des points 2D, pas le mouvement d'un squelette"
    ),
    "this part of the take has no other performance": "cette partie de la prise n'a pas d'autre interprétation",
    "this take follows its pins as an earlier version did, with all of the body": (
        "cette prise suit ses clips épinglés comme une version antérieure, avec tout le corps"
    ),
    "this take has no record of how it was made": "cette prise ne garde pas trace de sa création",
    "this take is no longer kept": "cette prise n'est plus conservée",
    "this take was edited by hand": "cette prise a été modifiée à la main",
    "this take was made by a newer version of Audio2Gestures": (
        "cette prise vient d'une version plus récente d'Audio2Gestures"
    ),
    "this take was made for {made:g} frames per second, but the scene plays {now:g}": (
        "cette prise est faite pour {made:g} frames par seconde, et la scène en joue {now:g}"
    ),
    "this take was made with another gesture model ('{name}')": (
        "cette prise a été faite avec un autre modèle de gestes ('{name}')"
    ),
    "this take was made with the slider '{name}', which is not installed": (
        "cette prise a été faite avec le curseur « {name} », qui n'est pas installé"
    ),
    "this version reads 1 to {newest}; update Audio2Gestures": (
        "cette version lit 1 à {newest} ; mettre à jour Audio2Gestures"
    ),
    "trim the clip": "rogner le clip",
    "turn it on in the NLA editor": "l'activer dans l'éditeur NLA",
    "turn off its Animated Strip Time": "désactiver son temps de bande animé",
    "turn off its star in the NLA editor": "désactiver son étoile dans l'éditeur NLA",
    "turn on Log File in the preferences, or use Copy Problem Report": (
        "activer « Fichier journal » dans les préférences, ou utiliser « Copier le rapport de problème »"
    ),
    "turn on Preferences > System > Network > Allow Online Access, or choose an existing Python": (
        "autoriser l'accès en ligne dans Préférences > Système > Réseau, ou choisir un Python existant"
    ),
    "two joints of the skeleton are in the same place": "deux articulations du squelette sont au même endroit",
    "undo their changes, or use Generate Gestures for a new take": (
        "annuler leurs changements, ou utiliser « Générer les gestes » pour une nouvelle prise"
    ),
    "unlock their rotation in the sidebar, unless it is meant": (
        "déverrouiller leur rotation dans la barre latérale, sauf si c'est voulu"
    ),
    "unmute it and its channel, or choose another one": "la réactiver avec son canal, ou en choisir une autre",
    "update the add-on": "mettre à jour l'add-on",
    "use Add Character": "utiliser « Ajouter un personnage »",
    "use Add Gesture at Playhead": "utiliser Ajouter un geste",
    "use Bake Gestures to Action": "utilisez Précalculer les gestes en action",
    "use Choose Style, or choose the model that has it in the preferences": (
        "utiliser « Choisir le style », ou choisir dans les préférences le modèle qui l'a"
    ),
    "use Connect Shape Keys first": "utilisez d'abord Connecter les clés de forme",
    "use Copy Problem Report": "utiliser « Copier le rapport de problème »",
    "use Copy Problem Report instead": "utiliser plutôt « Copier le rapport de problème »",
    "use Find Speech File": "utiliser « Chercher le fichier de parole »",
    "use Find Speech File, or choose another": "utiliser « Chercher le fichier de parole », ou en choisir un autre",
    "use Generate Gestures": "utiliser « Générer les gestes »",
    "use Generate Gestures again": "utiliser à nouveau « Générer les gestes »",
    "use Generate Gestures for a new one": "utiliser « Générer les gestes » pour une nouvelle",
    "use Generate Gestures for a new take, or choose an Audio2Gestures model": (
        "utiliser « Générer les gestes » pour une nouvelle prise, ou choisir un modèle Audio2Gestures"
    ),
    "use Generate Gestures, or unmute a take": "utiliser « Générer les gestes », ou réactiver une prise",
    "use Generate Idle for one of them": "utiliser « Générer une attente » pour l'un d'eux",
    "use Generate Idle or Generate Listening for another one": (
        "utiliser « Générer une attente » ou « Générer une écoute » pour une autre"
    ),
    "use Leave Tweak Mode": "utiliser « Quitter le mode retouche »",
    "use Move Take Too, or move the speech back": (
        "utiliser « Déplacer aussi la prise », ou remettre la parole à sa place"
    ),
    "use Move Take to Top, or mute it": "utiliser « Placer la prise tout en haut », ou suspendre la bande",
    "use Mute Constraints and Drivers, unless they are meant to": (
        "utiliser « Suspendre contraintes et contrôleurs », sauf si c'est voulu"
    ),
    "use Object > Library Override > Make, or append it instead": (
        "utiliser Objet > Redéfinition de bibliothèque > Faire, ou l'ajouter par copie"
    ),
    "use Push Down Action first": "utiliser d'abord « Ajouter action »",
    "use Push Down Action to keep it as an NLA strip": "utiliser « Ajouter action » pour la garder comme bande NLA",
    "use Read Words": "utiliser « Lire les mots »",
    "use Relink Pin or Remove Pin": "utiliser « Relier l'épingle » ou « Enlever l'épingle »",
    "use Set Up GPU again": "utiliser à nouveau « Configurer le GPU »",
    "use Set Up GPU first": "utiliser d'abord « Configurer le GPU »",
    "use Set Up GPU, or choose another Python": "utiliser « Configurer le GPU », ou choisir un autre Python",
    "use Set Up GPU, or this computer's CPU": "utiliser « Configurer le GPU », ou le CPU de cet ordinateur",
    "use Strip > Retiming > Reset Retiming, or render the sound to a file and use that": (
        "utiliser Bande > Changement de vitesse > Réinitialiser, ou exporter le son dans un fichier et l'utiliser"
    ),
    "use Suggest Gestures": "utiliser « Suggérer des gestes »",
    "use Turn Off Hold or Move Take to Top": "utiliser « Désactiver le maintien » ou « Placer la prise tout en haut »",
    "use Turn Off Time Stretching": "utiliser « Désactiver l'étirement du temps »",
    "use Unmute Track": "utiliser « Réactiver la piste »",
    "use Update Take first, or generate a new take": (
        "utiliser d'abord « Mettre à jour la prise » ou générer une nouvelle prise"
    ),
    "use Update Take for a changed copy of it": "utiliser « Mettre à jour la prise » pour une copie modifiée",
    "use Update Take, so that the character looks at them too": (
        "utiliser « Mettre à jour la prise » pour que le personnage les regarde aussi"
    ),
    "use Update Take for a new take with its gestures": (
        "utiliser « Mettre à jour la prise » pour une nouvelle prise avec ses gestes"
    ),
    "use Update Words": "utiliser « Actualiser les mots »",
    "use Update Words, or untrim its strip": "utiliser « Actualiser les mots », ou rallonger sa piste",
    "use Use Built-in Model in the preferences, or Generate Gestures for new motion": (
        "utiliser « Utiliser le modèle intégré » dans les préférences, ou « Générer les gestes » pour un nouveau "
        "mouvement"
    ),
    "use Write as FK, change it, and write it as IK again": (
        "utiliser « Écrire en FK », la modifier, et l’écrire de nouveau en IK"
    ),
    "use Write as IK": "utiliser « Écrire en IK »",
    "use a Rigify character, or a rig map that names them under 'ik'": (
        "utilisez un personnage Rigify, ou une carte de rig qui les nomme sous 'ik'"
    ),
    "use generate_channels, or a 3-D model": "utiliser generate_channels, ou un modèle 3D",
    "use one of: {styles}": "utiliser l'un de ceux-ci : {styles}",
    "use one that the manual names": "en utiliser une que le manuel nomme",
    "use only {keys}": "n'utiliser que {keys}",
    "use the names of SMPL-X joints": "utiliser les noms des articulations SMPL-X",
    "use values from {low:g} to {high:g}": "utiliser des valeurs de {low:g} à {high:g}",
    "wait": "attendre",
    "wait, or cancel": "attendre, ou annuler",
    "wave": "faire signe",
    "wave big": "grand signe",
    "wave friendly": "signe amical",
    "wave high": "signe en haut",
    "wave lively": "signe vif",
    "wave long": "long signe",
    "wave off": "écarter",
    "wave off low": "écarter, bas",
    "wave off one hand": "écarter d'une main",
    "wave off wide": "écarter, ample",
    "we": "nous",
    "which way is left cannot be told without 'left_hip' and 'right_hip'": (
        "sans 'left_hip' et 'right_hip', on ne peut pas savoir où est la gauche"
    ),
    "which way is up cannot be told without 'spine3', 'neck' or 'head'": (
        "sans 'spine3', 'neck' ou 'head', on ne peut pas savoir où est le haut"
    ),
    "words are found without it, too": "les mots se trouvent aussi sans lui",
    "write it again": "écrivez-le à nouveau",
    "you": "toi",
    "you both hands": "toi des deux mains",
    "you point": "te montrer",
    "write a number": "écrivez un nombre",
    "write a whole number": "écrivez un nombre entier",
    "'{name}' says line '{line}', and would listen to it": "'{name}' dit la ligne '{line}' et s'écouterait soi-même",
    "name another listener": "nommez un autre auditeur",
    "write its name into the column character, or choose one": (
        "écrivez son nom dans la colonne character ou choisissez-en un"
    ),
    "{done:.1f} of about {all:.1f} GB on the disk": "{done:.1f} sur environ {all:.1f} Go sur le disque",
    "{found} without {names}": "{found} sans {names}",
    "{found} · whole body": "{found} · tout le corps",
    "{found} · {n}/{total} bones": "{found} · {n}/{total} os",
    "{n:.0f} d ago": "il y a {n:.0f} j",
    "{n:.0f} h ago": "il y a {n:.0f} h",
    "{n:.0f} min ago": "il y a {n:.0f} min",
    "{names} and {n} more": "{names} et {n} de plus",
    "{name} (lost)": "{name} (perdu)",
    "{name} (not followed)": "{name} (non suivi)",
    "{name} has shape {shape}": "{name} a la forme {shape}",
    "{name} is out of range": "{name} est hors limites",
    "{name}: frames {first} to {last}": "{name} : frames {first} à {last}",
    "{n} gestures fit the words": "{n} gestes conviennent aux mots",
    "{n} gestures were written; add the folder under Preferences > File Paths > Asset Libraries to see them": (
        "{n} gestes ont été écrits ; ajouter le dossier sous "
        "Préférences > Chemins > Bibliothèques d'assets pour les voir"
    ),
    "{n} shape keys follow from the next take on": "{n} clés de forme suivront dès la prochaine prise",
    "{n} words are known": "{n} mots sont connus",
    "{n} words of '{name}' are known": "{n} mots de « {name} » sont connus",
    "{problem}; {hint}.": "{problem} ; {hint}.",
    "Not verified: {rig}": "Non vérifié : {rig}",
    "{share:.0%} of the keys are left, at most {degrees:.2f}° and {centimetres:.2f} cm off": (
        "Il reste {share:.0%} des images clés, avec au plus {degrees:.2f}° et {centimetres:.2f} cm d'écart"
    ),
    "{size:.1f} MB kept": "{size:.1f} Mo conservés",
}
