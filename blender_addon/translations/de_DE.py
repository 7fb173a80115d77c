"""German. As Blender's own translation says it; where there is a choice:"""

# Take: Take · Pin: Pin, anheften/lösen · Pinned Clip: angehefteter Clip · Seed: Startwert · Speech: Sprache
# Strip: Streifen · Fade: Blende, Ein-/Ausblenden · Energy: Energie · Calm: Ruhe · Posture: Haltung
# Variation: Variation · Body Parts: Körperteile · Layering: Überlagerung
# frame: Bild · armature: Skelett · phrase: Phrase · performance: Darbietung

MESSAGES: dict[str, str] = {
    "'{line}' has no times that can be read": "'{line}' hat keine lesbaren Zeiten",
    "'{name}' at {time:.2f} s lies outside the speech": "'{name}' bei {time:.2f} s liegt außerhalb der Sprache",
    "'{name}' cannot be overridden": "für '{name}' lässt sich keine Überschreibung anlegen",
    "'{name}' cannot be read to its end": "'{name}' lässt sich nicht bis zum Ende lesen",
    "'{name}' cannot have Z up": "'{name}' kann Z nicht oben haben",
    "'{name}' does not end as a file that can be exported": (
        "'{name}' endet nicht wie eine Datei, die exportiert werden kann"
    ),
    "'{name}' has a sample rate of {rate:g} Hz": "'{name}' hat eine Abtastrate von {rate:g} Hz",
    "'{name}' has gestures of your own: {names}": "'{name}' enthält eigene Gesten von Ihnen: {names}",
    "'{name}' has no bone '{bone}'": "'{name}' hat keinen Knochen '{bone}'",
    "'{name}' has no samples": "'{name}' enthält keinen Ton",
    "'{name}' has no words": "'{name}' enthält keine Wörter",
    "'{name}' is done with no hand '{hand}'": "'{name}' wird mit keiner Hand '{hand}' gemacht",
    "'{name}' is done with the head": "'{name}' wird mit dem Kopf gemacht",
    "'{name}' is in Edit Mode": "'{name}' ist im Bearbeitungsmodus",
    "'{name}' is in Rest Position, and would not move": "'{name}' ist in Ruheposition und würde sich nicht bewegen",
    "'{name}' is in the sequencer, frames {first} to {last}": "„{name}“ ist im Sequenzer, Frames {first} bis {last}",
    "'{name}' is linked from another file": "'{name}' ist aus einer anderen Datei verknüpft",
    "'{name}' is no name of a Blender file": "'{name}' ist kein Name einer Blender-Datei",
    "'{name}' is not UTF-8 text": "'{name}' ist kein UTF-8-Text",
    "'{name}' is not audio that Blender can read": "'{name}' ist kein Ton, den Blender lesen kann",
    "'{name}' is not in Pose Mode": "'{name}' ist nicht im Posenmodus",
    "'{name}' is of no kind that words are read from": "'{name}' ist von keiner Art, aus der Wörter gelesen werden",
    "'{name}' is scaled by other factors along its axes": "'{name}' ist entlang der Achsen verschieden skaliert",
    "'{name}' is the file that is open": "'{name}' ist die geöffnete Datei",
    "'{name}' is there already, and is not replaced": "'{name}' gibt es schon und wird nicht ersetzt",
    "'{name}' is too large for a text": "'{name}' ist zu groß für einen Text",
    "'{path}' cannot be run as a Python": "'{path}' lässt sich nicht als Python ausführen",
    "'{path}' cannot be the engine's Python ({why})": "'{path}' kann nicht das Python der Engine sein ({why})",
    "'{path}' cannot be written ({why})": "'{path}' lässt sich nicht schreiben ({why})",
    "'{path}' has no pocketsphinx ({why})": "'{path}' hat kein pocketsphinx ({why})",
    "'{path}' is older than Python 3.11": "'{path}' ist älter als Python 3.11",
    "'{text}' ends before it begins": "'{text}' endet, bevor es beginnt",
    "'{words}' is not heard at {time}": "'{words}' ist bei {time} nicht zu hören",
    ", {n} to come": ", noch {n}",
    "A graphics card by CUDA or ROCm": "Eine Grafikkarte über CUDA oder ROCm",
    "A style chosen at random for each take": "Ein für jeden Take zufällig gewählter Stil",
    "A text of Blender's text editor": "Ein Text aus Blenders Texteditor",
    "About {download:.1f} GB to download, {disk:.0f} GB on the disk": (
        "Etwa {download:.1f} GB herunterzuladen, {disk:.0f} GB auf dem Datenträger"
    ),
    "Active Take": "Aktiver Take",
    "Add Body": "Körper hinzufügen",
    "Add Bones Preset": "Knochenvoreinstellung hinzufügen",
    "Add Character": "Figur hinzufügen",
    "Add Gesture at Playhead": "Geste am Abspielkopf hinzufügen",
    "Add Gesture of Asset Browser": "Geste aus dem Asset-Browser hinzufügen",
    "Add Performance Preset": "Darbietungsvoreinstellung hinzufügen",
    "Add a body of our own at the 3D cursor, or beside who stands there, and choose it as the character": (
        "Einen eigenen Körper am 3D-Cursor hinzufügen, oder neben dem, der dort steht, und ihn als Figur wählen"
    ),
    "Add a mannequin that the bones move, so that the gestures can be judged": (
        "Eine Gliederpuppe hinzufügen, die die Knochen bewegen, damit sich die Gesten beurteilen lassen"
    ),
    "Add the gestures to the animation below, such as a walk": (
        "Die Gesten zur darunterliegenden Animation addieren, etwa zu einem Gang"
    ),
    "Add the speech's file to the sequencer as a strip that can be heard and trimmed, and use that": (
        "Die Sprachdatei als hörbaren und beschneidbaren Streifen in den Sequenzer einfügen und diesen verwenden"
    ),
    "All bones, where and as large as the character is": "Alle Knochen, wo und so groß wie die Figur ist",
    "Also where the library that was written before has gestures of your own": (
        "Auch wenn die zuvor geschriebene Bibliothek eigene Gesten von Ihnen enthält"
    ),
    "Also write the meshes that the character's bones move": (
        "Auch die Meshes schreiben, die die Knochen der Figur bewegen"
    ),
    "Also write the speech, as a WAV file of the same name that begins with the file": (
        "Auch die Sprache schreiben, als WAV-Datei desselben Namens, die mit der Datei beginnt"
    ),
    "As It Is": "Wie sie ist",
    "Bones that would have been called alike have other names in the file: {bones}": (
        "Knochen, die gleich heißen würden, haben in der Datei andere Namen: {bones}"
    ),
    "ask for no hand, or for another gesture": "keine Hand verlangen, oder eine andere Geste",
    "choose another name, or turn on Replace Own Gestures": (
        "wählen Sie einen anderen Namen, oder schalten Sie Eigene Gesten ersetzen ein"
    ),
    "Deform Bones Only": "Nur verformende Knochen",
    "Download pocketsphinx, which finds English words more finely, after you agree": (
        "pocketsphinx, das englische Wörter genauer findet, nach Zustimmung herunterladen"
    ),
    "Export Take…": "Take exportieren…",
    "correct --number": "berichtige --number",
    "export under another name": "exportiere unter einem anderen Namen",
    "Facing ahead, with a root bone at the origin; only bones that deform": (
        "Nach vorn gewandt, mit einem Wurzelknochen im Ursprung; nur verformende Knochen"
    ),
    "Few Keys": "Wenige Keyframes",
    "Fewest Keys": "Am wenigsten Keyframes",
    "Filter": "Filter",
    "Find English Finely": "Englisch genauer finden",
    "For": "Für",
    "Godot": "Godot",
    "How much the takes count over what plays below them": "Wie sehr die Takes über dem zählen, was unter ihnen spielt",
    "In centimetres, Z up, with a root bone at the origin; only bones that deform": (
        "In Zentimetern, Z oben, mit einem Wurzelknochen im Ursprung; nur verformende Knochen"
    ),
    "In metres, Y up, with a root bone at the origin; only bones that deform": (
        "In Metern, Y oben, mit einem Wurzelknochen im Ursprung; nur verformende Knochen"
    ),
    "Include": "Einschließen",
    "Leave out bones that move no mesh by themselves": "Knochen weglassen, die selbst kein Mesh bewegen",
    "Leave out keys where the curves stay within so many degrees; at 0, every frame has its keys": (
        "Keyframes weglassen, solange die Kurven um höchstens so viele Grad abweichen; bei 0 hat jedes Bild seine"
    ),
    "Let the take begin at time 0. Otherwise each frame has the time that it has in the scene": (
        "Den Take bei Zeit 0 beginnen lassen. Sonst hat jedes Bild die Zeit, die es in der Szene hat"
    ),
    "Lively": "Lebhaft",
    "Look for the words of English texts by pocketsphinx, which Set Up Words has made ready": (
        "Die Wörter englischer Texte mit pocketsphinx suchen, das „Wörter einrichten“ bereitgestellt hat"
    ),
    "Many Keys": "Viele Keyframes",
    "Meshes": "Meshes",
    "Name": "Name",
    "Natural": "Natürlich",
    "no action is selected in the Asset Browser": "im Asset-Browser ist keine Action ausgewählt",
    "No gesture is called so": "Keine Geste heißt so",
    "Of .npz: Z up, as in AMASS, and not Y": "Bei .npz: Z oben, wie in AMASS, und nicht Y",
    "of {n}": "von {n}",
    "Page": "Seite",
    "Pin an Action of the Asset Browser as a gesture, with its emphasis on the current frame": (
        "Eine Action des Asset-Browsers als Geste anheften, mit der Betonung auf dem aktuellen Bild"
    ),
    "Replace Own Gestures": "Eigene Gesten ersetzen",
    "select one there": "wählen Sie dort eine aus",
    "Set Up Words": "Wörter einrichten",
    "Show those alone whose name or meaning has this in it": "Nur die zeigen, deren Name oder Bedeutung das enthält",
    "The asset library; that of the selected asset if none is given": (
        "Die Asset-Bibliothek; ohne Angabe die des ausgewählten Assets"
    ),
    "What is said and when, as text; when empty, it is not known": (
        "Was wann gesagt wird, als Text; wenn leer, ist es nicht bekannt"
    ),
    "Blender rendered no picture": "Blender hat kein Bild gerendert",
    "Generate Table…": "Tabelle erzeugen…",
    "Generate a take for each line of a table: which recording, said by which character, when and how": (
        "Für jede Zeile einer Tabelle einen Take erzeugen: welche Aufnahme, von welcher Figur gesprochen, wann und wie"
    ),
    "add one, or leave --final out": "füge eine hinzu oder lass --final weg",
    "add-on '{name}' is not enabled": "Add-on '{name}' ist nicht aktiviert",
    "Also write the list into a text of this file": "Die Liste auch in einen Text dieser Datei schreiben",
    "Also write the log to a file, which Open Log shows": (
        "Das Protokoll auch in eine Datei schreiben, die „Protokoll öffnen“ zeigt"
    ),
    "Another number gives another performance of the same speech; one that you type is kept": (
        "Eine andere Zahl ergibt eine andere Darbietung derselben Rede; eine eingetippte wird beibehalten"
    ),
    "Another number suggests other gestures for the same words": (
        "Eine andere Zahl schlägt andere Gesten für dieselben Wörter vor"
    ),
    "Another number suggests others; the character's if none is given": (
        "Eine andere Zahl schlägt andere vor; ohne Angabe die der Figur"
    ),
    "Any Style": "Beliebiger Stil",
    "Any: {name}": "Beliebig: {name}",
    "affirm": "bejahen",
    "ahead": "geradeaus",
    "all": "alle",
    "all of us": "wir alle",
    "applause": "Beifall",
    "apply its scale (Ctrl A), or export it as it is": (
        "wende seine Skalierung an (Strg A) oder exportiere es, wie es ist"
    ),
    "Armature to generate gestures for; when empty, the active one, or the only one": (
        "Skelett, für das Gesten erzeugt werden; wenn leer, das aktive oder das einzige"
    ),
    "Arms": "Arme",
    "As Text": "Als Text",
    "At most so many for a minute of speech; those of the character if none is given": (
        "Höchstens so viele je Minute Sprache; ohne Angabe die der Figur"
    ),
    "At most so many gestures are suggested for a minute of speech": (
        "Höchstens so viele Gesten werden je Minute Sprache vorgeschlagen"
    ),
    "Audio2Gestures {version}": "Audio2Gestures {version}",
    "Automatic": "Automatisch",
    "Blender's exporter wrote nothing": "Blenders Exporter hat nichts geschrieben",
    "Blender's {format} exporter wrote something else than it was given": (
        "Blenders {format}-Exporter hat etwas anderes geschrieben, als er bekommen hat"
    ),
    "BVH names": "BVH-Namen",
    "Bake Gestures to Action": "Gesten in Aktion backen",
    "Being written, and not on any track yet": "Wird gerade geschrieben und liegt noch auf keiner Spur",
    "Blender and its engine cannot exchange files ({why})": (
        "Blender und seine Engine können keine Dateien austauschen ({why})"
    ),
    "Blender cannot play '{name}' in its sequencer": "Blender kann '{name}' im Sequenzer nicht abspielen",
    "Blender is not allowed to go online": "Blender darf nicht online gehen",
    "Blink": "Blinzeln",
    "Body Parts": "Körperteile",
    "Bone": "Knochen",
    "Bone that moves as this part of the body; if another row has it, the two exchange theirs": (
        "Knochen, der sich als dieser Körperteil bewegt; hat ihn eine andere Zeile, tauschen beide"
    ),
    "Bones Presets": "Knochenvoreinstellungen",
    "Both": "Beide",
    "Both hands, each as the other's mirror if the gesture is one hand's": (
        "Beide Hände, jede als Spiegelbild der anderen, wenn die Geste die einer Hand ist"
    ),
    "Busy": "Beschäftigt",
    "By structure": "Nach Struktur",
    "Calm": "Ruhe",
    "Camera": "Kamera",
    "Cancel Generation": "Erzeugen abbrechen",
    "Cancel Setup": "Einrichten abbrechen",
    "Cancelled": "Abgebrochen",
    "Cancelled: another file was opened": "Abgebrochen: eine andere Datei wurde geöffnet",
    "Cancelling": "Wird abgebrochen",
    "Category": "Kategorie",
    "Click in Lane": "In die Spur klicken",
    "Click what a lane shows: an accent becomes stronger in the upper half, weaker in the lower one": (
        "Anklicken, was eine Spur zeigt: ein Akzent wird in der oberen Hälfte stärker, in der unteren schwächer"
    ),
    "A frame near the accent; the current one if it is not given": "Ein Bild nahe am Akzent; ohne Angabe das aktuelle",
    "A step stronger": "Eine Stufe stärker",
    "A step weaker": "Eine Stufe schwächer",
    "Accent as Heard": "Akzent wie gehört",
    "Accents": "Akzente",
    "As Heard": "Wie gehört",
    "As it was at first": "Wie er zuerst war",
    "Change Accent": "Akzent ändern",
    "How strong the accent becomes": "Wie stark der Akzent wird",
    "Let the body move around the accent nearest to the current frame as it did at first": (
        "Den Körper um den Akzent, der dem aktuellen Bild am nächsten ist, wieder bewegen wie zuerst"
    ),
    "Let the body move less around the accent nearest to the current frame": (
        "Den Körper um den Akzent, der dem aktuellen Bild am nächsten ist, weniger bewegen"
    ),
    "Let the body move more around the accent nearest to the current frame": (
        "Den Körper um den Akzent, der dem aktuellen Bild am nächsten ist, mehr bewegen"
    ),
    "Let the body move more or less around the accent nearest to the current frame; the rest of the take stays": (
        "Den Körper um den Akzent, der dem aktuellen Bild am nächsten ist, mehr oder weniger"
        " bewegen; der Rest des Takes bleibt"
    ),
    "Start at Zero": "Bei null beginnen",
    "Strengthen Accent": "Akzent verstärken",
    "modifiers give shape keys of '{name}' other corners than the mesh itself": (
        "Modifikatoren geben Formschlüsseln von '{name}' andere Eckpunkte als dem Mesh selbst"
    ),
    "the nearest are {near}": "die ähnlichsten sind {near}",
    "the table has no line {number}": "die Tabelle hat keine Zeile {number}",
    "the text asks with '{word}' on frame {frame} for what cannot be: {why}": (
        "der Text verlangt bei '{word}' auf Frame {frame}, was nicht geht: {why}"
    ),
    "there is a file '{name}' already, where the speech would be written": (
        "es gibt schon eine Datei '{name}', wo die Sprache hinkäme"
    ),
    "three.js, VRM": "three.js, VRM",
    "Unity Humanoid": "Unity Humanoid",
    "Unreal": "Unreal",
    "Weaken Accent": "Akzent abschwächen",
    "Stronger": "Stärker",
    "Weaker": "Schwächer",
    "Phrases": "Phrasen",
    "What the Action is called; the selected asset if none is given": (
        "Wie die Action heißt; ohne Angabe das ausgewählte Asset"
    ),
    "What the program needs that reads the file": "Was das Programm braucht, das die Datei liest",
    "Where to write; its ending says in which format": "Wohin geschrieben wird; die Endung bestimmt das Format",
    "Which part of the gestures is shown": "Welcher Teil der Gesten gezeigt wird",
    "Write all gestures, yours too, into a file of their own, as assets with pictures, for this character's bones": (
        "Alle Gesten, auch Ihre, als Assets mit Bildern für die Knochen dieser Figur in eine eigene Datei schreiben"
    ),
    "Write the playing take to a file of its own: FBX, glTF, USD, BVH, SMPL-X or VRM animation, as its name ends": (
        "Den spielenden Take in eine eigene Datei schreiben: FBX, glTF, USD, BVH, SMPL-X oder VRM, je nach Endung"
    ),
    "Z Up": "Z oben",
    "turn those modifiers off or apply them, or export without meshes": (
        "schalte diese Modifikatoren aus oder wende sie an, oder exportiere ohne Meshes"
    ),
    "{number} of {total}": "{number} von {total}",
    "This take was made for another speech: use Update Take": (
        "Dieser Take wurde für eine andere Sprache gemacht: Take aktualisieren verwenden"
    ),
    "Frame": "Bild",
    "Change Phrase": "Phrase ändern",
    "Change the playing take while a slider is moved, the frames around the current one first": (
        "Den spielenden Take ändern, während ein Regler bewegt wird, zuerst die Bilder um das aktuelle"
    ),
    "Channel": "Kanal",
    "Channel of the sequencer whose sound strips this character speaks": (
        "Kanal des Sequenzers, dessen Tonstreifen diese Figur spricht"
    ),
    "Character": "Figur",
    "Check Setup": "Einrichtung prüfen",
    "Choose Speech File…": "Sprachdatei wählen…",
    "Choose Style": "Stil wählen",
    "Choose Take": "Take wählen",
    "Choose a sound file as the speech, and place it in the sequencer, where it is heard": (
        "Eine Tondatei als Sprache wählen und in den Sequenzer setzen, wo man sie hört"
    ),
    "Choose the style in which the character performs, among those of the gesture model": (
        "Den Stil der Darbietung unter denen des Gestenmodells wählen"
    ),
    "Choose this take in the list": "Diesen Take in der Liste wählen",
    "Choose where the speech's file is now; other missing sounds of the speech are looked for beside it": (
        "Wählen, wo die Sprachdatei jetzt liegt; andere fehlende Töne der Sprache werden daneben gesucht"
    ),
    "Clavicle": "Schlüsselbein",
    "Clear Kept Takes": "Aufbewahrte Takes löschen",
    "Combine": "Kombinieren",
    "Common names": "Übliche Namen",
    "Compare Take": "Take vergleichen",
    "Connect Shape Keys": "Formschlüssel verbinden",
    "Copy Log": "Protokoll kopieren",
    "Copy Problem Report": "Fehlerbericht kopieren",
    "Copy the output of the engine's setup, for a report": (
        "Die Ausgabe der Einrichtung der Engine kopieren, für einen Bericht"
    ),
    "Copy this take to a track of its own, so that it can be changed without losing this one": (
        "Diesen Take auf eine eigene Spur kopieren, damit er sich ändern lässt, ohne dass dieser verloren geht"
    ),
    "Copy this take with fewer keys, on curves that can be edited by hand; it plays instead of this one": (
        "Diesen Take mit weniger Keyframes kopieren, auf Kurven, die sich von Hand bearbeiten lassen; "
        "die Kopie spielt statt seiner"
    ),
    "Copy versions, settings and the last lines of the log, without your name and folders, to paste them elsewhere": (
        "Versionen, Einstellungen und die letzten Zeilen des Protokolls kopieren, ohne Namen und Ordner, zum "
        "Einfügen anderswo"
    ),
    "cut it into shorter animations": "teile sie in kürzere Animationen",
    "Delete Take": "Take löschen",
    "Delete the finished takes that are kept for recovery": (
        "Die fertigen Takes löschen, die zur Wiederherstellung aufbewahrt werden"
    ),
    "Delete the takes that were baked; otherwise they are muted": (
        "Die gebackenen Takes löschen; sonst werden sie stummgeschaltet"
    ),
    "Delete this take; its action stays if something else uses it": (
        "Diesen Take löschen; seine Aktion bleibt, falls etwas anderes sie verwendet"
    ),
    "Device": "Gerät",
    "Device that the GPU engine runs on": "Gerät, auf dem die GPU-Engine läuft",
    "Direction": "Richtung",
    "Disconnect Shape Keys": "Formschlüssel trennen",
    "Disk space for finished takes that are kept in case Blender crashes": (
        "Speicherplatz für fertige Takes, die für den Fall eines Absturzes von Blender aufbewahrt werden"
    ),
    "Do this gesture with the other hand, or with both; its emphasis stays on its frame": (
        "Diese Geste mit der anderen Hand oder mit beiden ausführen; ihre Betonung bleibt auf ihrem Bild"
    ),
    "Download what NVIDIA graphics cards need; off, a smaller download that uses the CPU": (
        "Herunterladen, was NVIDIA-Grafikkarten brauchen; wenn aus, ein kleinerer Download, der die CPU nutzt"
    ),
    "Downloading": "Wird heruntergeladen",
    "Draw small pictures of takes, each its action's preview, and of styles, and show them in lists": (
        "Kleine Bilder zeichnen, von Takes als Vorschau ihrer Aktion und von Stilen, und sie in Listen zeigen"
    ),
    "Duplicate Take": "Take duplizieren",
    "asked for in the text": "im Text verlangt",
    "big": "groß",
    "check that it belongs to this recording and is English": (
        "prüfen, ob er zu dieser Aufnahme gehört und englisch ist"
    ),
    "chop": "hacken",
    "chop one hand": "mit einer Hand hacken",
    "come": "herbeirufen",
    "come here": "komm her",
    "come over": "komm herüber",
    "come wide": "weit herwinken",
    "contrast": "Gegensatz",
    "count": "zählen",
    "ask for png instead of mp4": "verlange png statt mp4",
    "column '{column}' of a table is for the command line": (
        "die Spalte '{column}' einer Tabelle ist für die Befehlszeile"
    ),
    "correct --only": "berichtige --only",
    "correct it": "berichtige das",
    "correct the name, or add it": "berichtige den Namen oder füge sie hinzu",
    "enable it in the Preferences, under Add-ons": "aktiviere es in den Einstellungen unter Add-ons",
    "Energy": "Energie",
    "Engine": "Engine",
    "Engine Python": "Python der Engine",
    "Error": "Fehler",
    "Errors": "Fehler",
    "Everything": "Alles",
    "Exchange left and right in the list of bones": "Links und rechts in der Knochenliste vertauschen",
    "Existing Python": "Vorhandenes Python",
    "Export Bones…": "Knochen exportieren …",
    "everything": "alles",
    "export it with all of its bones": "exportiere es mit allen Knochen",
    "export to .npz, or turn Z Up off": "exportiere als .npz oder schalte 'Z oben' aus",
    "export to another format": "exportiere in ein anderes Format",
    "Export…": "Exportieren …",
    "Extend Scene": "Szene verlängern",
    "Eye": "Auge",
    "Face": "Gesicht",
    "Fade In": "Einblenden",
    "Fade Out": "Ausblenden",
    "Feet": "Füße",
    "Feet slide by up to {n:.1f} cm": "Füße rutschen um bis zu {n:.1f} cm",
    "Fewer Keys": "Weniger Keyframes",
    "File": "Datei",
    "File…": "Datei …",
    "Fill one side of the list of bones from the other, by the names of the bones": (
        "Eine Seite der Knochenliste nach den Namen der Knochen aus der anderen füllen"
    ),
    "Fill the left side from the right one": "Die linke Seite aus der rechten füllen",
    "Fill the right side from the left one": "Die rechte Seite aus der linken füllen",
    "Find Speech File…": "Sprachdatei suchen…",
    "Find the words again: in another recording, or after their text changed; suggested gestures follow their words": (
        "Die Wörter erneut finden: in einer anderen Aufnahme oder nach "
        "einer Änderung des Textes; vorgeschlagene Gesten folgen ihren Wörtern"
    ),
    "Find when each word is said: from subtitles, a transcript, text strips, markers, or a text in any language": (
        "Finden, wann jedes Wort gesagt wird: aus Untertiteln, einem "
        "Transkript, Textstreifen, Markern oder einem Text in beliebiger Sprache"
    ),
    "Fingers": "Finger",
    "Folder: {path}": "Ordner: {path}",
    "Follow Strength": "Folgestärke",
    "Follow the clip with collarbones, arms and wrists": "Dem Clip mit Schlüsselbeinen, Armen und Handgelenken folgen",
    "Follow the clip with hips, legs and feet": "Dem Clip mit Hüfte, Beinen und Füßen folgen",
    "Follow the clip with neck, head, jaw and eyes": "Dem Clip mit Hals, Kopf, Kiefer und Augen folgen",
    "Follow the clip with the fingers": "Dem Clip mit den Fingern folgen",
    "Follow the clip with the spine": "Dem Clip mit der Wirbelsäule folgen",
    "Following the slider": "Folgt dem Regler",
    "Foot": "Fuß",
    "For a Graphics Card": "Für eine Grafikkarte",
    "Forearm": "Unterarm",
    "Forget Words": "Wörter vergessen",
    "Forget the corrections in the list of bones, and recognise the character's bones anew": (
        "Die Korrekturen der Knochenliste verwerfen und die Knochen der Figur neu erkennen"
    ),
    "Forget the corrections in the list of bones?": "Die Korrekturen in der Knochenliste verwerfen?",
    "Forget the words of the speech; gestures that were suggested stay": (
        "Die Wörter der Sprache vergessen; vorgeschlagene Gesten bleiben"
    ),
    "Frame View": "Ansicht ausrichten",
    "Frame on which the file's speech begins": "Bild, bei dem die Sprache der Datei beginnt",
    "Frames over which the motion goes into this clip, half of them before its start": (
        "Bilder, über die die Bewegung in diesen Clip übergeht, die Hälfte davon vor seinem Anfang"
    ),
    "Frames over which the motion goes out of this clip, half of them after its end": (
        "Bilder, über die die Bewegung aus diesem Clip heraus übergeht, die Hälfte davon nach seinem Ende"
    ),
    "Frames that you edited were kept: the change is a take of its own": (
        "Von Hand bearbeitete Bilder wurden behalten: Die Änderung ist ein eigener Take"
    ),
    "Frames to move the takes by": "Bilder, um die die Takes verschoben werden",
    "Free Memory": "Speicher freigeben",
    "From": "Von",
    "From Name": "Aus dem Namen",
    "From the Words": "Aus den Wörtern",
    "Generate Gestures performs this seed again; else it takes the next one that has no take": (
        "Gesten erzeugen spielt diesen Startwert erneut; sonst nimmt es den nächsten, zu dem es keinen Take gibt"
    ),
    "Gesture": "Geste",
    "Gestures of these words are gone, which are not said any more, or where a pin lies: {names}": (
        "Die Gesten dieser Wörter sind weg, die nicht mehr gesagt werden oder wo ein Pin liegt: {names}"
    ),
    "Gestures per Minute": "Gesten je Minute",
    "Hand Clearance": "Handabstand",
    "Hand of Gesture": "Hand der Geste",
    "Hash: {digest}": "Hash: {digest}",
    "How many jobs wait for the running one to end": "Wie viele Aufträge auf das Ende des laufenden warten",
    "How much the chosen take counts over what plays below it": (
        "Wie sehr der gewählte Take über dem zählt, was unter ihm spielt"
    ),
    "Influence": "Einfluss",
    "it is too long": "sie ist zu lang",
    "Keep Seed": "Startwert behalten",
    "Keeps hands and forearms so many centimetres farther from trunk and thighs, for a wide body": (
        "Hält Hände und Unterarme so viele Zentimeter weiter von Rumpf und Schenkeln weg, für einen breiten Körper"
    ),
    "From slumped at -1 to upright at 1": "Von zusammengesunken bei -1 bis aufrecht bei 1",
    "Gaze Strength": "Blickstärke",
    "Gaze and Face": "Blick und Gesicht",
    "Generate Gestures": "Gesten erzeugen",
    "Generate Gestures for Strip": "Gesten für Streifen erzeugen",
    "Generate Idle": "Ruhe erzeugen",
    "Generate Listening": "Zuhören erzeugen",
    "Generate Next Take": "Nächsten Take erzeugen",
    "Generate a take for every character of the scene: those with a voice speak it, the others listen or stand by": (
        "Für jede Figur der Szene einen Take erzeugen: Wer eine Stimme hat, spricht sie, die anderen hören "
        "zu oder stehen dabei"
    ),
    "Generate another take of the same speech, with the next seed": (
        "Einen weiteren Take derselben Sprache mit dem nächsten Startwert erzeugen"
    ),
    "Generate another take of the same speech; this gesture model makes one motion per speech": (
        "Einen weiteren Take derselben Sprache erzeugen; dieses Gestenmodell macht zu einer Sprache nur eine Bewegung"
    ),
    "Generate for All Characters": "Für alle Figuren erzeugen",
    "Generate gestures for the speech as new takes of the character": (
        "Gesten für die Sprache als neue Takes der Figur erzeugen"
    ),
    "Generate gestures inside Blender from now on; the result is the same": (
        "Gesten von nun an in Blender selbst erzeugen; das Ergebnis ist dasselbe"
    ),
    "Generate gestures with the model that came with the add-on from now on; your file stays where it is": (
        "Gesten von nun an mit dem Modell erzeugen, das mit dem Add-on kam; die eigene Datei bleibt, wo sie ist"
    ),
    "Generate new takes in which the character listens to the others, nods and turns its head to who speaks": (
        "Neue Takes erzeugen, in denen die Figur den anderen zuhört, nickt und den Kopf zu dem wendet, der spricht"
    ),
    "Generate new takes in which the character says nothing and stands about, as long as the scene": (
        "Neue Takes erzeugen, in denen die Figur nichts sagt und dasteht, so lang wie die Szene"
    ),
    "Generate the playing take again from its stored settings, as a new take": (
        "Den spielenden Take aus seinen gespeicherten Einstellungen noch einmal erzeugen, als neuen Take"
    ),
    "Generated motion follows this clip": "Erzeugte Bewegung folgt diesem Clip",
    "Generating": "Wird erzeugt",
    "Gesture Model": "Gestenmodell",
    "Gestures": "Gesten",
    "Go back to the phrase's performance before this one": "Zur vorigen Darbietung der Phrase zurückgehen",
    "Go to Pin": "Zum Pin gehen",
    "Graphics Card": "Grafikkarte",
    "Guess Again": "Neu raten",
    "Hand": "Hand",
    "Hands": "Hände",
    "Head": "Kopf",
    "Hips": "Hüfte",
    "How closely the generated motion follows this clip": "Wie genau die erzeugte Bewegung diesem Clip folgt",
    "How far the body moves: 1 is as generated, 2 is twice as far": (
        "Wie weit sich der Körper bewegt: 1 ist wie erzeugt, 2 ist doppelt so weit"
    ),
    "How far the jaw opens as the voice is loud; it is no lip sync": (
        "Wie weit sich der Kiefer öffnet, wenn die Stimme laut ist; keine Lippensynchronisation"
    ),
    "How far the lids close when the character blinks, which it does about every four seconds": (
        "Wie weit sich die Lider schließen, wenn die Figur blinzelt, was sie etwa alle vier Sekunden tut"
    ),
    "How firmly the gaze is held: with less, the character looks away now and then": (
        "Wie fest der Blick gehalten wird: Mit weniger sieht die Figur hin und wieder weg"
    ),
    "How many takes one click generates, each with a seed of its own": (
        "Wie viele Takes ein Klick erzeugt, jeder mit eigenem Startwert"
    ),
    "How much is written to the system console": "Wie viel in die Systemkonsole geschrieben wird",
    "How this take was made, as text": "Wie dieser Take entstanden ist, als Text",
    "How unusual the performance is: 0 is the most typical one, the same for every seed": (
        "Wie ungewöhnlich die Darbietung ist: 0 ist die typischste, für jeden Startwert dieselbe"
    ),
    "Idle": "Untätig",
    "Idle Around Speech": "Ruhe um die Sprache",
    "Import Bones…": "Knochen importieren …",
    "Import…": "Importieren …",
    "In a process of its own, which Set Up GPU prepares": "In einem eigenen Prozess, den „GPU einrichten“ vorbereitet",
    "Including the engine's output": "Einschließlich der Ausgabe der Engine",
    "Index Finger": "Zeigefinger",
    "Inside Blender; needs nothing else": "In Blender selbst; braucht sonst nichts",
    "Installing": "Wird installiert",
    "Jaw": "Kiefer",
    "Keep Feet Planted": "Füße auf dem Boden halten",
    "Keep the character's active action as an NLA strip, so that it no longer hides the gestures": (
        "Die aktive Aktion der Figur als NLA-Streifen behalten, damit sie die Gesten nicht mehr verdeckt"
    ),
    "Keep the character's active action on a muted NLA track, so that it no longer plays": (
        "Die aktive Aktion der Figur auf einer stummen NLA-Spur behalten, damit sie nicht mehr spielt"
    ),
    "Keep the list of bones as a preset, or remove the preset that was chosen last": (
        "Die Knochenliste als Voreinstellung behalten oder die zuletzt gewählte Voreinstellung entfernen"
    ),
    "Keep the performance's settings as a preset, or remove the preset that was chosen last": (
        "Die Einstellungen der Darbietung als Voreinstellung behalten oder die zuletzt gewählte Voreinstellung "
        "entfernen"
    ),
    "Keep this pin but do not follow it now": "Diesen Pin behalten, ihm aber jetzt nicht folgen",
    "Key IK controls of hands and feet in the playing take, so that they stay where they are": (
        "IK-Steuerknochen von Händen und Füßen im spielenden Take mit Keyframes versehen, sodass "
        "diese bleiben, wo sie sind"
    ),
    "Kind of error that ended the job": "Art des Fehlers, der den Vorgang beendet hat",
    "Language": "Sprache",
    "Largest error: degrees of bones, hands and feet, and centimetres of where hands and feet are": (
        "Größter Fehler: Grad bei Knochen, Händen und Füßen, und Zentimeter beim Ort von Händen und Füßen"
    ),
    "Layering": "Überlagerung",
    "Leave Edit Mode": "Bearbeitungsmodus verlassen",
    "Leave Tweak Mode": "Tweak-Modus verlassen",
    "Keep hips, legs and feet as they sit in the animation below, and the hands on the thighs or above them": (
        "Hüfte, Beine und Füße bleiben, wie sie in der Animation darunter sitzen, die Hände auf oder über den Schenkeln"
    ),
    "Leave the head to the gestures, and the eyes alone": "Den Kopf den Gesten überlassen und die Augen nicht bewegen",
    "Left": "Links",
    "Left Arm and Leg": "Linker Arm und linkes Bein",
    "Left Fingers": "Linke Finger",
    "Left alone, as others drive, key or own them: {names}": (
        "Nicht angerührt, da andere sie treiben, keyen oder besitzen: {names}"
    ),
    "Left out, since pins of yours lie there: {names}": "Weggelassen, weil dort eigene Pins liegen: {names}",
    "Left out: {names}": "Ausgelassen: {names}",
    "Legs": "Beine",
    "Length: {n:.1f} s": "Länge: {n:.1f} s",
    "Let all NLA tracks of the character play again, not only the one that plays solo": (
        "Alle NLA-Spuren der Figur wieder spielen lassen, nicht nur die auf Solo gestellte"
    ),
    "Let generated motion no longer follow the selected NLA strips": (
        "Erzeugte Bewegung den ausgewählten NLA-Streifen nicht mehr folgen lassen"
    ),
    "five": "fünf",
    "four": "vier",
    "greet": "grüßen",
    "greet small": "klein grüßen",
    "hands joined": "gefaltete Hände",
    "here": "hier",
    "hold on": "Moment mal",
    "however": "jedoch",
    "huge": "riesig",
    "install one from python.org": "eines von python.org installieren",
    "leave it out: the add-on's own way needs nothing": "es weglassen: der eigene Weg des Add-ons braucht nichts",
    "let it end in {endings}": "lass ihn mit {endings} enden",
    "Let new takes last as long as the scene: where nothing is said, the character idles": (
        "Neue Takes so lang wie die Szene machen: Wo nichts gesagt wird, steht die Figur in Ruhe da"
    ),
    "Let only this take play, and mute all others that are not pinned": (
        "Nur diesen Take spielen lassen und alle anderen stummschalten, die nicht angeheftet sind"
    ),
    "Let playback skip frames where it is too slow, so that speech and gestures stay together": (
        "Die Wiedergabe Bilder überspringen lassen, wo sie zu langsam ist, damit Sprache und Gesten zusammenbleiben"
    ),
    "Let shape keys of the character's meshes follow its takes: a driver each, from numbers on the head's bone": (
        "Formschlüssel der Meshes der Figur ihren Takes folgen lassen: je ein Treiber, von Zahlen am Knochen des Kopfes"
    ),
    "Let strips on higher tracks no longer hold a pose before or after them, where it hides takes": (
        "Streifen auf höheren Spuren vor und nach sich keine Pose mehr halten lassen, wo sie Takes verdeckt"
    ),
    "Let the NLA track of the newest take play again": "Die NLA-Spur des neuesten Takes wieder spielen lassen",
    "Let the armature show its pose instead of its rest position": (
        "Das Skelett seine Pose statt der Ruheposition zeigen lassen"
    ),
    "Let the character play its NLA tracks": "Die Figur ihre NLA-Spuren spielen lassen",
    "Let the character speak the active strip of the sequencer, and generate gestures for it": (
        "Die Figur den aktiven Streifen des Sequenzers sprechen lassen und Gesten dafür erzeugen"
    ),
    "Let the playing takes play once, forwards and at their own speed, as the speech does": (
        "Die spielenden Takes einmal, vorwärts und mit ihrer eigenen Geschwindigkeit spielen lassen, wie die Sprache"
    ),
    "Let the scene play at the speed of its sound: set New to what Old is under Time Stretching": (
        "Die Szene mit der Geschwindigkeit ihres Tons spielen lassen: unter Zeitstreckung Neu auf den Wert "
        "von Alt setzen"
    ),
    "Let this lost pin follow another NLA strip of the character, with the settings it had": (
        "Diesen verlorenen Pin einem anderen NLA-Streifen der Figur folgen lassen, mit seinen bisherigen Einstellungen"
    ),
    "Let this take play instead of the other takes of the same time": (
        "Diesen Take statt der anderen Takes derselben Zeit spielen lassen"
    ),
    "Licence: {licence}": "Lizenz: {licence}",
    "List Suggestions": "Vorschläge auflisten",
    "List of Bones": "Knochenliste",
    "Little Finger": "Kleiner Finger",
    "Live Update": "Live-Aktualisierung",
    "Log": "Protokoll",
    "Log File": "Protokolldatei",
    "Look At": "Ansehen",
    "Look at an object, at another character into the eyes": "Ein Objekt ansehen, einer anderen Figur in die Augen",
    "Look at the other character that speaks, or spoke last": (
        "Die andere Figur ansehen, die spricht oder zuletzt sprach"
    ),
    "Look into the camera of the scene, as its markers choose it": (
        "In die Kamera der Szene sehen, wie ihre Marker sie wählen"
    ),
    "line '{line}' has '{cell}' in column {column}": "Zeile '{line}' hat '{cell}' in der Spalte {column}",
    "line '{line}' has no sound": "Zeile '{line}' hat keinen Ton",
    "line '{line}' is played in '{path}', which is not there": "Zeile '{line}' spielt in '{path}', das es nicht gibt",
    "'{path}' could not be opened": "'{path}' konnte nicht geöffnet werden",
    "line '{line}' names no character": "Zeile '{line}' nennt keine Figur",
    "line '{line}' needs a character '{name}', which is not in the scene": (
        "Zeile '{line}' braucht eine Figur '{name}', die nicht in der Szene ist"
    ),
    "look into the console for what it says": "sieh in der Konsole nach, was er sagt",
    "Made by Generate Gestures": "Mit „Gesten erzeugen“ gemacht",
    "Made with: {path}": "Erstellt mit: {path}",
    "Made: {age}": "Erzeugt: {age}",
    "Make Library Override": "Bibliotheksüberschreibung erstellen",
    "Make a library override of the linked character, so that it can be animated here": (
        "Eine Bibliotheksüberschreibung der verknüpften Figur erstellen, damit sie hier animiert werden kann"
    ),
    "Make generated motion follow the selected NLA strips of the character": (
        "Erzeugte Bewegung den ausgewählten NLA-Streifen der Figur folgen lassen"
    ),
    "Make the playing take follow speech, style, sliders and pinned clips as they are now": (
        "Den jetzt spielenden Take Sprache, Stil, Reglern und angehefteten Clips in ihrem jetzigen Zustand folgen "
        "lassen"
    ),
    "Make the playing take follow the pinned clips; away from them it stays as it is": (
        "Den jetzt spielenden Take den angehefteten Clips folgen lassen; abseits von ihnen bleibt er, wie er ist"
    ),
    "Making a folder for it": "Ordner wird angelegt",
    "Mark": "Markieren",
    "Mark as Asset": "Als Asset markieren",
    "Mark as Gesture": "Als Geste markieren",
    "Mark this take as one to keep": "Diesen Take als erhaltenswert markieren",
    "Mark this take as one to keep, or remove the mark": (
        "Diesen Take als erhaltenswert markieren oder die Markierung aufheben"
    ),
    "Markers": "Marker",
    "Markers of the timeline, each named as what is said there": (
        "Marker der Zeitleiste, jeder benannt nach dem, was dort gesagt wird"
    ),
    "Forget Measured Body": "Gemessenen Körper vergessen",
    "Measured Body": "Gemessener Körper",
    "Measure the body that hands keep out of on the character's mesh; Hand Clearance then counts from it, from 0": (
        "Den Körper, den die Hände meiden, am Mesh der Figur messen; der Handabstand zählt dann von ihm aus, ab 0"
    ),
    "Let hands keep out of a body like that of Add Character again, not of the measured one": (
        "Die Hände wieder von einem Körper wie dem von „Figur hinzufügen“ fernhalten, nicht vom gemessenen"
    ),
    "The body that hands keep out of, as Measure Hand Clearance has found it": (
        "Der Körper, von dem die Hände sich fernhalten, wie „Handabstand messen“ ihn gefunden hat"
    ),
    "Measured: chest {chest:+.0f}, belly {belly:+.0f}, pelvis {pelvis:+.0f}, thighs {thighs:+.0f} cm": (
        "Gemessen: Brust {chest:+.0f}, Bauch {belly:+.0f}, Becken {pelvis:+.0f}, Schenkel {thighs:+.0f} cm"
    ),
    "Measure Hand Clearance": "Handabstand messen",
    "Middle Finger": "Mittelfinger",
    "Mirror": "Spiegeln",
    "Mirror Bones": "Knochen spiegeln",
    "Mixamo names": "Mixamo-Namen",
    "Model file to generate with, made by 'a2g train' or 'a2g export'; when empty, the built-in model": (
        "Modelldatei zum Erzeugen, gemacht von 'a2g train' oder 'a2g export'; wenn leer, das eingebaute Modell"
    ),
    "Model: {name}": "Modell: {name}",
    "Move Take Too": "Take mitverschieben",
    "Move Take to Top": "Take ganz nach oben",
    "Move collarbones, arms and wrists": "Schlüsselbeine, Arme und Handgelenke bewegen",
    "Move hips, legs and feet": "Hüfte, Beine und Füße bewegen",
    "Move neck and head": "Hals und Kopf bewegen",
    "Move the 3D View so that the character is seen; a view through a camera stays": (
        "Die 3D-Ansicht so bewegen, dass man die Figur sieht; ein Blick durch eine Kamera bleibt"
    ),
    "Move the fingers": "Die Finger bewegen",
    "Move the hidden take to a track above all others": (
        "Den verdeckten Take auf eine Spur über allen anderen verschieben"
    ),
    "Move the scene's end to where the speech ends, if it lies before that": (
        "Das Ende der Szene an das Ende der Sprache verschieben, falls es davor liegt"
    ),
    "Move the spine": "Die Wirbelsäule bewegen",
    "Move the takes to where their speech has been moved": (
        "Die Takes dorthin verschieben, wohin ihre Sprache verschoben wurde"
    ),
    "Mute": "Stumm",
    "Mute Constraints and Drivers": "Constraints und Treiber stummschalten",
    "Mute the constraints and drivers that turn bones of the chosen body parts, so that the keys alone turn them": (
        "Constraints und Treiber stummschalten, die Knochen der gewählten Körperteile drehen, damit allein "
        "die Keys sie drehen"
    ),
    "NLA track '{name}' has no room there for take '{take}'": (
        "auf der NLA-Spur '{name}' ist dort kein Platz für Take '{take}'"
    ),
    "me": "ich",
    "me both hands": "ich mit beiden Händen",
    "me chest": "ich, an der Brust",
    "negate": "verneinen",
    "no": "nein",
    "no Python from 3.11 to 3.14 was found to set up pocketsphinx with": (
        "kein Python von 3.11 bis 3.14 wurde gefunden, um pocketsphinx einzurichten"
    ),
    "no aside": "nein, zur Seite",
    "name its recording in the column sound": "nenne seine Aufnahme in der Spalte sound",
    "no bone of '{name}' deforms": "kein Knochen von '{name}' verformt etwas",
    "NVIDIA or AMD": "NVIDIA oder AMD",
    "Name of the bone; when empty, the row is emptied": "Name des Knochens; ist er leer, wird die Zeile geleert",
    "Name of the tab in the sidebar": "Name des Reiters in der Seitenleiste",
    "Name of the take and of its NLA track; when empty, the one that is chosen in the list": (
        "Name des Takes und seiner NLA-Spur; wenn leer, der in der Liste gewählte"
    ),
    "Neck": "Hals",
    "Next": "Weiter",
    "Next Performance of Phrase": "Nächste Darbietung der Phrase",
    "No bone of the other side was found for {bones}": "Kein Knochen der anderen Seite gefunden für {bones}",
    "No gesture fits the words": "Keine Geste passt zu den Wörtern",
    "No takes yet: use Generate Gestures": "Noch keine Takes: „Gesten erzeugen“ verwenden",
    "Nothing": "Nichts",
    "Nothing is downloaded: this Python is tested and used": (
        "Es wird nichts heruntergeladen: Dieses Python wird getestet und verwendet"
    ),
    "Number of the NLA track of the take that is chosen in the list; -1 if none is": (
        "Nummer der NLA-Spur des in der Liste gewählten Takes; -1, wenn keiner gewählt ist"
    ),
    "Number of the pin in the list; -1 is the one that is chosen there": (
        "Nummer des Pins in der Liste; -1 ist der dort gewählte"
    ),
    "Number of the pin in the list; -1 is the selected strips": (
        "Nummer des Pins in der Liste; -1 sind die ausgewählten Streifen"
    ),
    "Object": "Objekt",
    "Object to look at; it may move": "Objekt, das angesehen wird; es darf sich bewegen",
    "Of the words, as ISO 639-1 names it, or AUTO; the character's if none is given": (
        "Der Wörter, nach ISO 639-1, oder AUTO; ohne Angabe die der Figur"
    ),
    "Off, it is no longer offered": "Aus: wird nicht mehr angeboten",
    "Offer the Actions of the selected strips, or else the active Action, among the gestures, for any character": (
        "Die Aktionen der ausgewählten Streifen oder sonst die aktive Aktion unter den Gesten anbieten, für jede Figur"
    ),
    "Offered among the gestures that can be placed": "Wird unter den Gesten angeboten, die platziert werden können",
    "Offset": "Versatz",
    "Open Log": "Protokoll öffnen",
    "Open Manual": "Handbuch öffnen",
    "Open the manual's page about this in the web browser; it is installed with the add-on and works offline": (
        "Die Seite des Handbuchs hierzu im Browser öffnen; sie ist mit dem Add-on installiert und braucht kein Netz"
    ),
    "Out": "Ausblenden",
    "Own list": "Eigene Liste",
    "Parts of the body that follow this clip": "Körperteile, die diesem Clip folgen",
    "Parts of the body that new takes move; the others keep the animation below": (
        "Körperteile, die neue Takes bewegen; die anderen behalten die darunterliegende Animation"
    ),
    "Parts of the body that the takes move": "Körperteile, die die Takes bewegen",
    "Perform in this style": "In diesem Stil darbieten",
    "Perform the phrase on the current frame another way; the rest of the take stays": (
        "Die Phrase am aktuellen Bild anders darbieten; der Rest des Takes bleibt"
    ),
    "Perform the preview range of the timeline anew, with the sliders as they are now; the rest of the take stays": (
        "Den Vorschaubereich der Zeitleiste mit den jetzigen Reglern neu darbieten; der Rest des Takes bleibt"
    ),
    "Performance Presets": "Darbietungsvoreinstellungen",
    "Pick Bone": "Knochen aufnehmen",
    "Pictures": "Bilder",
    "Pictures of Takes": "Bilder der Takes",
    "Pin": "Anheften",
    "Pin Selected Strips": "Ausgewählte Streifen anheften",
    "Pin a gesture that means something, with its emphasis on the current frame; legs and trunk go on as they are": (
        "Eine Geste mit Bedeutung anheften, ihre Betonung auf dem aktuellen Bild; Beine und Rumpf "
        "machen weiter wie bisher"
    ),
    "Pin gestures that fit the words, each with its emphasis on its word; pins of your own stay as they are": (
        "Gesten anpinnen, die zu den Wörtern passen, jede mit der "
        "Betonung auf ihrem Wort; eigene Pins bleiben, wie sie sind"
    ),
    "Pinned": "Angeheftet",
    "Pinned Clips": "Angeheftete Clips",
    "Place Speech in Sequencer": "Sprache in den Sequenzer setzen",
    "Playback of scene '{name}' now keeps to the sound": (
        "Die Wiedergabe der Szene „{name}“ richtet sich nun nach dem Ton"
    ),
    "Posture": "Haltung",
    "Prepare a graphics card's engine: download it after you agree, or choose a Python that has torch": (
        "Die Engine einer Grafikkarte vorbereiten: nach Zustimmung herunterladen oder ein Python mit torch wählen"
    ),
    "Previous": "Zurück",
    "Previous Performance of Phrase": "Vorige Darbietung der Phrase",
    "Push Down Action": "Aktion nach unten schieben",
    "Put a bone into a row of the list of bones; if another row has it, the two exchange theirs": (
        "Einen Knochen in eine Zeile der Knochenliste setzen; hat ihn eine andere Zeile, tauschen beide"
    ),
    "Put another gesture in place of this one; its emphasis stays on its frame": (
        "Diese Geste durch eine andere ersetzen; die Betonung bleibt auf ihrem Bild"
    ),
    "Put feet on the floor and let them slide no more than our own body's, whatever the proportions": (
        "Die Füße auf den Boden setzen und nicht mehr rutschen lassen als beim eigenen Körper, bei jedem Körperbau"
    ),
    "Put the active bone into this row: click a bone in Pose Mode, then click here": (
        "Den aktiven Knochen in diese Zeile setzen: im Posenmodus einen Knochen anklicken, dann hier klicken"
    ),
    "PyTorch and NumPy will be downloaded from their publishers": (
        "PyTorch und NumPy werden von ihren Herausgebern heruntergeladen"
    ),
    "Python program of the graphics card's engine; when empty, the one that Set Up GPU made": (
        "Python-Programm für die Engine der Grafikkarte; wenn leer, das von „GPU einrichten“ erstellte"
    ),
    "Python program that has torch and numpy; when empty, one is downloaded": (
        "Python-Programm mit torch und numpy; wenn leer, wird eines heruntergeladen"
    ),
    "Read Words": "Wörter einlesen",
    "Read the list of bones from a rig map's file": "Die Knochenliste aus der Datei einer Rig-Zuordnung lesen",
    "Reading audio": "Ton wird gelesen",
    "Ready": "Bereit",
    "Recipe": "Rezept",
    "Recover Last Take": "Letzten Take wiederherstellen",
    "Recovery Limit (MB)": "Grenze für Wiederherstellung (MB)",
    "Regenerate Around Pins": "Um Pins herum neu erzeugen",
    "Regenerate Gestures": "Gesten neu erzeugen",
    "Regenerate Selected Range": "Gewählten Bereich neu erzeugen",
    "Relink Pin": "Pin neu verknüpfen",
    "Remove Pin": "Pin entfernen",
    "Remove Takes": "Takes entfernen",
    "Remove the drivers and numbers that let shape keys follow the character's takes": (
        "Die Treiber und Zahlen entfernen, durch die Formschlüssel den Takes der Figur folgen"
    ),
    "Remove this pin from the list; its strip, if there is one, stays and is no longer followed": (
        "Diesen Pin aus der Liste entfernen; sein Streifen, falls vorhanden, bleibt, und ihm wird nicht mehr gefolgt"
    ),
    "Replace": "Ersetzen",
    "Replace With…": "Ersetzen durch …",
    "Replace a library that was written before; no other file is ever replaced": (
        "Eine früher geschriebene Bibliothek ersetzen; eine andere Datei wird nie ersetzt"
    ),
    "Replace the animation of the chosen body parts": "Die Animation der gewählten Körperteile ersetzen",
    "no no": "nein, nein",
    "nod": "nicken",
    "nod twice": "zweimal nicken",
    "offer": "anbieten",
    "one": "eins",
    "over there": "dort drüben",
    "plea": "bitten",
    "plea high": "hoch bitten",
    "pocketsphinx 5.1.1 will be downloaded from PyPI: about {megabytes:.0f} MB": (
        "pocketsphinx 5.1.1 wird von PyPI heruntergeladen: etwa {megabytes:.0f} MB"
    ),
    "pocketsphinx could not be set up ({why})": "pocketsphinx konnte nicht eingerichtet werden ({why})",
    "pocketsphinx ended with an error ({why})": "pocketsphinx endete mit einem Fehler ({why})",
    "pocketsphinx finds no way through the text": "pocketsphinx findet keinen Weg durch den Text",
    "pocketsphinx is being set up": "pocketsphinx wird eingerichtet",
    "point": "zeigen",
    "praise": "loben",
    "no line has the id '{name}'": "keine Zeile hat die id '{name}'",
    "report it with Blender's version": "melde es mit Blenders Version",
    "Reproduce Take": "Take reproduzieren",
    "Reset Take Speed": "Take-Geschwindigkeit zurücksetzen",
    "Restart Engine": "Engine neu starten",
    "Restore Frame Rate": "Bildrate zurücksetzen",
    "Restore to the character a take that was finished before Blender crashed": (
        "Der Figur einen Take zurückgeben, der vor einem Absturz von Blender fertig wurde"
    ),
    "Right": "Rechts",
    "Right Arm and Leg": "Rechter Arm und rechtes Bein",
    "Right Fingers": "Rechte Finger",
    "Rigify deform bones": "Rigify-Verformungsknochen",
    "Rigify metarig": "Rigify-Metarig",
    "Ring Finger": "Ringfinger",
    "Row": "Zeile",
    "Row of the list of bones, as the manual names it": "Zeile der Knochenliste, wie das Handbuch sie nennt",
    "Scene '{name}' now ends on frame {frame}, where the speech ends": (
        "Szene '{name}' endet nun bei Bild {frame}, wo die Sprache endet"
    ),
    "Seated": "Sitzend",
    "Seed": "Startwert",
    "Seed that this take was made with": "Startwert, mit dem dieser Take erzeugt wurde",
    "Seed {seed}": "Startwert {seed}",
    "Seed {seed}, version {version}": "Startwert {seed}, Version {version}",
    "Select the strip of this pin in the NLA editor and go to its first frame": (
        "Den Streifen dieses Pins im NLA-Editor auswählen und zu seinem ersten Bild gehen"
    ),
    "Set Bone": "Knochen setzen",
    "Set Up": "Einrichten",
    "Set Up GPU": "GPU einrichten",
    "Set Up GPU…": "GPU einrichten…",
    "Set the scene's frame rate back to the one that the playing take was made for": (
        "Die Bildrate der Szene auf die zurücksetzen, für die der spielende Take erzeugt wurde"
    ),
    "Shin": "Unterschenkel",
    "Shortcuts": "Tastenkürzel",
    "Show Lanes": "Spuren anzeigen",
    "Show Pins": "Pins anzeigen",
    "Show a copy of the character beside it that plays this take; click again to remove the copy": (
        "Eine Kopie der Figur daneben zeigen, die diesen Take spielt; ein weiterer Klick entfernt sie"
    ),
    "Show it in the Asset Browser, too": "Auch im Asset-Browser zeigen",
    "Show phrases, sound and accents in the NLA editor and the sequencer": (
        "Phrasen, Ton und Akzente im NLA-Editor und im Sequenzer anzeigen"
    ),
    "Show pinned strips and their fades in the NLA editor": (
        "Angeheftete Streifen und ihre Blenden im NLA-Editor anzeigen"
    ),
    "Show the folder of the log file": "Den Ordner der Protokolldatei zeigen",
    "Show which gestures would be suggested for which words, when and why; nothing is placed": (
        "Zeigen, welche Gesten für welche Wörter wann und warum vorgeschlagen würden; nichts wird platziert"
    ),
    "Sidebar Tab": "Reiter der Seitenleiste",
    "Slows the movements down without making them smaller": "Verlangsamt die Bewegungen, ohne sie kleiner zu machen",
    "Solo Take": "Take solo",
    "Sound file to use": "Zu verwendende Tondatei",
    "Sound strip to use; when empty, the selected ones, the active one, or those on the lowest channel": (
        "Zu verwendender Tonstreifen; wenn leer, die ausgewählten, der aktive oder die auf dem untersten Kanal"
    ),
    "Source": "Quelle",
    "Speech": "Sprache",
    "Speech: {name}": "Sprache: {name}",
    "Speed": "Geschwindigkeit",
    "Spine": "Wirbelsäule",
    "Star": "Stern",
    "Star Take": "Take mit Stern markieren",
    "Start Frame": "Startbild",
    "Start the graphics card's engine again": "Die Engine der Grafikkarte neu starten",
    "Starting": "Wird gestartet",
    "Starting the engine": "Engine wird gestartet",
    "Stash Action": "Aktion zurücklegen",
    "Steps": "Schritte",
    "Stop generating; nothing is written": "Das Erzeugen beenden; es wird nichts geschrieben",
    "Stop setting up the engine and remove what was downloaded": (
        "Das Einrichten der Engine beenden und das Heruntergeladene entfernen"
    ),
    "Stop the graphics card's engine, so that renders have its memory; the next Generate starts it again": (
        "Die Engine der Grafikkarte beenden, damit ihr Speicher dem Rendern dient; das nächste Erzeugen startet "
        "sie wieder"
    ),
    "Stop tweaking an NLA strip of the character": "Das Tweaken eines NLA-Streifens der Figur beenden",
    "Stopped": "Beendet",
    "Strip": "Streifen",
    "Strip to follow; the selected one if none is given": (
        "Streifen, dem gefolgt werden soll; wenn keiner angegeben ist, der ausgewählte"
    ),
    "Style": "Stil",
    "Style of the gesture model to perform in; when empty, one is drawn with each take": (
        "Stil des Gestenmodells für die Darbietung; wenn leer, wird für jeden Take einer zufällig gewählt"
    ),
    "Style: {name}": "Stil: {name}",
    "Subtitles, a transcript of another program, or a plain text": (
        "Untertitel, ein Transkript eines anderen Programms oder ein einfacher Text"
    ),
    "Suggest Again": "Erneut vorschlagen",
    "Suggest Gestures": "Gesten vorschlagen",
    "Suggest others in place of those that you left as they are; what you moved, changed or deleted stays so": (
        "Andere anstelle derer vorschlagen, die unberührt sind; was verschoben, geändert oder gelöscht wurde, bleibt so"
    ),
    "Suggested Gestures": "Vorgeschlagene Gesten",
    "Suggestion Seed": "Startwert der Vorschläge",
    "Swap Left and Right": "Links und rechts tauschen",
    "Sync to Audio": "Mit Ton synchronisieren",
    "Take": "Take",
    "Take the character out of Edit Mode": "Die Figur aus dem Bearbeitungsmodus nehmen",
    "Take the keys of IK controls out of the playing take again; its FK keys are as they were": (
        "Die Keyframes der IK-Steuerknochen wieder aus dem spielenden Take nehmen; seine "
        "FK-Keyframes sind, wie sie waren"
    ),
    "Takes": "Takes",
    "Target": "Ziel",
    "Test everything that generating needs, and show what works and what does not": (
        "Alles testen, was das Erzeugen braucht, und zeigen, was funktioniert und was nicht"
    ),
    "Testing it": "Wird getestet",
    "Text": "Text",
    "Text Strips": "Textstreifen",
    "Text of This File": "Text dieser Datei",
    "Text of this file that says what is said": "Text dieser Datei, in dem steht, was gesagt wird",
    "Text strips of the sequencer: the selected ones, if any is": (
        "Textstreifen des Sequencers: die ausgewählten, wenn es welche gibt"
    ),
    "The GPU of Apple silicon": "Die GPU von Apple-Chips",
    "The character has no bones of these names: {bones}": "Die Figur hat keine Knochen mit diesen Namen: {bones}",
    "The character's left hand": "Die linke Hand des Charakters",
    "The character's right hand": "Die rechte Hand des Charakters",
    "The fastest available device": "Das schnellste verfügbare Gerät",
    "The language that most of the words are known of": "Die Sprache, aus der die meisten Wörter bekannt sind",
    "The line was spoken anew: this is a new take, with the gestures of the one before": (
        "Der Text wurde neu gesprochen: Dies ist ein neuer Take, mit den Gesten des vorigen"
    ),
    "The next performance": "Die nächste Darbietung",
    "The previous performance": "Die vorige Darbietung",
    "The processor, in the engine's own process": "Der Prozessor, im eigenen Prozess der Engine",
    "The report was copied: paste it where you ask for help": (
        "Der Bericht wurde kopiert: dort einfügen, wo um Hilfe gebeten wird"
    ),
    "The side that is right already": "Die Seite, die schon stimmt",
    "The strip of this pin is gone": "Der Streifen dieses Pins ist weg",
    "right here": "genau hier",
    "salute": "salutieren",
    "shake head": "Kopf schütteln",
    "shake head slowly": "Kopf langsam schütteln",
    "shrug": "Achselzucken",
    "size": "Größe",
    "stop": "halt",
    "stop aside": "halt, zur Seite",
    "stop firm": "halt, fest",
    "stop high": "halt, hoch",
    "stop one hand": "halt mit einer Hand",
    "stress": "betonen",
    "stressed in the text": "im Text betont",
    "sweep away": "wegwischen",
    "thank": "danken",
    "that way": "dort entlang",
    "see 'blender -c a2g_batch --help'": "siehe 'blender -c a2g_batch --help'",
    "see its log: without a display it needs EGL": "sieh in sein Protokoll: ohne Bildschirm braucht es EGL",
    "set it on the character, or use 'a2g batch'": "stelle es an der Figur ein oder benutze 'a2g batch'",
    "the arguments cannot be read ({why})": "die Argumente sind nicht lesbar ({why})",
    "the scene has no camera": "die Szene hat keine Kamera",
    "the sequencer is left empty": "der Sequenzer bleibt leer",
    "the take begins before frame 0": "der Take beginnt vor Bild 0",
    "glTF cannot tell times so late apart": "glTF kann so späte Zeiten nicht auseinanderhalten",
    "let the take begin sooner, or at 0": "lass den Take früher oder bei 0 beginnen",
    "Thigh": "Oberschenkel",
    "this Blender plays no sounds": "dieses Blender spielt keinen Ton",
    "this Blender was built without USD": "dieses Blender wurde ohne USD gebaut",
    "This Computer's CPU": "CPU dieses Computers",
    "This gesture model lacks {controls}": "Diesem Gestenmodell fehlt: {controls}",
    "This gesture model leaves the fingers as they are": "Dieses Gestenmodell lässt die Finger, wie sie sind",
    "This gesture model makes one motion per speech: another seed changes nothing": (
        "Dieses Gestenmodell macht zu einer Sprache nur eine Bewegung: Ein anderer Startwert ändert nichts"
    ),
    "Thumb": "Daumen",
    "Time Stretching is off": "die Zeitstreckung ist aus",
    "Time Stretching plays the scene faster or slower than its sound": (
        "die Zeitstreckung spielt die Szene schneller oder langsamer als ihren Ton"
    ),
    "Toes": "Zehen",
    "Torso": "Rumpf",
    "Turn Off Hold": "Halten ausschalten",
    "Turn Off Solo": "Solo ausschalten",
    "Turn Off Time Stretching": "Zeitstreckung ausschalten",
    "Turn On NLA": "NLA einschalten",
    "Type It…": "Eintippen …",
    "Type or paste the text": "Den Text eintippen oder einfügen",
    "Unfinished": "Unfertig",
    "Unity names": "Unity-Namen",
    "Unknown bones": "Unbekannte Knochen",
    "Unmute Track": "Spur laut schalten",
    "Unpin Selected Strips": "Ausgewählte Streifen lösen",
    "Unreal names": "Unreal-Namen",
    "Update Take": "Take aktualisieren",
    "Update Words": "Wörter aktualisieren",
    "Upper Arm": "Oberarm",
    "Use Bones Preset": "Knochenvoreinstellung verwenden",
    "Use Built-in Model": "Eingebautes Modell verwenden",
    "Use Pose Position": "Posenposition verwenden",
    "three": "drei",
    "throw up hands": "Hände hochwerfen",
    "to the side": "zur Seite",
    "two": "zwei",
    "unsure": "unsicher",
    "use Set Up Words, or pip install {package}": "„Wörter einrichten“ verwenden oder pip install {package}",
    "this Blender writes no videos": "dieses Blender schreibt keine Videos",
    "use Start at Zero, or move it": "verwende 'Bei null beginnen' oder verschiebe ihn",
    "Use Take": "Take verwenden",
    "Use This Computer's CPU": "CPU dieses Computers verwenden",
    "Use a sound file": "Eine Tondatei verwenden",
    "Use every sound strip of a channel of the sequencer": "Alle Tonstreifen eines Kanals des Sequenzers verwenden",
    "Use sound strips of the sequencer, as they are placed and trimmed there": (
        "Tonstreifen des Sequenzers verwenden, so wie sie dort liegen und beschnitten sind"
    ),
    "Use this preset as the character's list of bones": "Diese Voreinstellung als Knochenliste der Figur verwenden",
    "VRoid names": "VRoid-Namen",
    "Variation": "Variation",
    "Warnings": "Warnungen",
    "What generates gestures": "Was die Gesten erzeugt",
    "What is being done": "Was gerade getan wird",
    "What is said, in any language": "Was gesagt wird, in beliebiger Sprache",
    "What may be wrong": "Was falsch sein könnte",
    "What new takes do to the animation below them": "Was neue Takes mit der darunterliegenden Animation machen",
    "What the gesture is called, and what it means": "Wie die Geste heißt, und was sie bedeutet",
    "What the gesture means; suggestions choose by it": "Was die Geste bedeutet; danach wählen die Vorschläge",
    "What this gesture means; suggestions choose by it": "Was diese Geste bedeutet; danach wählen die Vorschläge",
    "What went wrong": "Was schiefging",
    "Where new takes look: the eyes go there, and the head follows": (
        "Wohin neue Takes sehen: Die Augen gehen dorthin, und der Kopf folgt"
    ),
    "Where the speech comes from": "Woher die Sprache kommt",
    "Where the text of the speech is": "Wo der Text der Sprache ist",
    "Whether a take follows a slider": "Ob ein Take einem Regler folgt",
    "Which bone is which part of the body, as text; when empty, it is guessed": (
        "Welcher Knochen welcher Körperteil ist, als Text; ist er leer, wird geraten"
    ),
    "Which hand does it": "Welche Hand sie macht",
    "Which of the kept takes; the last one if none is given": (
        "Welcher der aufbewahrten Takes; wenn keiner angegeben ist, der letzte"
    ),
    "Which of the phrase's performances": "Welche der Darbietungen der Phrase",
    "Who Speaks": "Wer spricht",
    "Whose words call for gestures": "Deren Wörter nach Gesten verlangen",
    "Words": "Wörter",
    "Write Gesture Library…": "Gestenbibliothek schreiben …",
    "Write arms as IK": "Arme als IK schreiben",
    "Write as FK": "Als FK schreiben",
    "Write as IK": "Als IK schreiben",
    "Write legs as IK": "Beine als IK schreiben",
    "Write the change to a take that was generated last": "Die zuletzt erzeugte Änderung an einem Take schreiben",
    "Write the list of bones as a rig map's file, for other characters with such bones": (
        "Die Knochenliste als Datei einer Rig-Zuordnung schreiben, für andere Figuren mit solchen Knochen"
    ),
    "Write the takes that were generated last as NLA strips of their own": (
        "Die zuletzt erzeugten Takes als eigene NLA-Streifen schreiben"
    ),
    "Write what the character does while takes play into one action, which plays instead of them": (
        "Was die Figur während der Takes tut, in eine einzige Aktion schreiben, die statt ihrer spielt"
    ),
    "Writing keys": "Keyframes werden geschrieben",
    "a character can be added in Object Mode only": "eine Figur lässt sich nur im Objektmodus hinzufügen",
    "a choice from {start:g} s to {end:g} s is empty": "eine Wahl von {start:g} s bis {end:g} s ist leer",
    "a folder cannot be shown without a window": "ohne Fenster lässt sich kein Ordner zeigen",
    "a frame rate of {fps} is out of range": "eine Bildrate von {fps} liegt außerhalb des Bereichs",
    "a message between Blender and its engine cannot be read ({why})": (
        "eine Nachricht zwischen Blender und seiner Engine lässt sich nicht lesen ({why})"
    ),
    "a message of {n} characters is too long": "eine Nachricht mit {n} Zeichen ist zu lang",
    "a pin's fade of {fade:.2f} s is too long for the speech ({speech:.2f} s)": (
        "eine Blende von {fade:.2f} s ist zu lang für die Sprache ({speech:.2f} s)"
    ),
    "a pin's fade of {fade} s is out of range": "die Blende eines Pins von {fade} s liegt außerhalb des Bereichs",
    "a pin's start is not a number": "der Anfang eines Pins ist keine Zahl",
    "a pin's strength has {n} values": "die Stärke eines Pins hat {n} Werte",
    "a pin's strength of {strength} is out of range": (
        "die Stärke eines Pins von {strength} liegt außerhalb des Bereichs"
    ),
    "a pinned clip from {start:.2f} s to {end:.2f} s lies outside the speech (0 to {speech:.2f} s)": (
        "ein angehefteter Clip von {start:.2f} s bis {end:.2f} s liegt außerhalb der Sprache (0 bis {speech:.2f} s)"
    ),
    "a pinned clip has fewer than two frames": "ein angehefteter Clip hat weniger als zwei Bilder",
    "a pinned clip has none of the character's joints": "ein angehefteter Clip hat keines der Gelenke der Figur",
    "a pinned clip of {clip:.2f} s is longer than the speech ({speech:.2f} s)": (
        "ein angehefteter Clip von {clip:.2f} s ist länger als die Sprache ({speech:.2f} s)"
    ),
    "a pose to sit in lacks {names}": "einer Pose zum Sitzen fehlt {names}",
    "a take with a voice cannot loop": "ein Take mit Stimme kann keine Schleife sein",
    "a time is out of range": "eine Zeit liegt außerhalb des Bereichs",
    "action '{name}' moves neither an arm nor the head": "Aktion '{name}' bewegt weder einen Arm noch den Kopf",
    "add a tier of words": "eine Ebene mit Wörtern hinzufügen",
    "add it to the text": "in den Text aufnehmen",
    "add one in the sequencer, or choose another source": (
        "einen im Sequencer hinzufügen oder eine andere Quelle wählen"
    ),
    "add one in the text editor": "einen im Texteditor hinzufügen",
    "add one there, or choose File under Speech": "dort einen hinzufügen oder unter „Sprache“ „Datei“ wählen",
    "add one to its action where the gesture is strongest": "ihrer Aktion einen geben, wo die Geste am stärksten ist",
    "add one with M, named as the word that is said there": (
        "mit M einen setzen, benannt nach dem Wort, das dort gesagt wird"
    ),
    "add one, or look at something else": "füge eine hinzu, oder sieh etwas anderes an",
    "add the clip to its NLA, or use Remove Pin": "den Clip in ihr NLA einfügen oder „Pin entfernen“ verwenden",
    "add them to its list of bones": "in seine Knochenliste aufnehmen",
    "an NLA strip of '{name}' is being tweaked": "ein NLA-Streifen von '{name}' ist im Tweak-Modus",
    "an NLA strip of the character is being tweaked": "ein NLA-Streifen der Figur ist im Tweak-Modus",
    "an NLA track of '{name}' plays solo": "eine NLA-Spur von '{name}' spielt solo",
    "an idle of {seconds:g} s is out of range": "eine Ruhebewegung von {seconds:g} s liegt außerhalb des Bereichs",
    "an unexpected error occurred ({what})": "ein unerwarteter Fehler ist aufgetreten ({what})",
    "an unexpected error occurred in the engine ({why})": (
        "in der Engine ist ein unerwarteter Fehler aufgetreten ({why})"
    ),
    "and {n} more": "und {n} weitere",
    "append the armature that it was made for": "das Armature anhängen, für das sie gemacht wurde",
    "ask for frames from {low} to {high}": "Bilder von {low} bis {high} verlangen",
    "between {start} and {end} something is said that is not in the text": (
        "zwischen {start} und {end} wird etwas gesagt, das nicht im Text steht"
    ),
    "bone '{bend}' does not lie between '{first}' and '{last}'": (
        "Knochen '{bend}' liegt nicht zwischen '{first}' und '{last}'"
    ),
    "bone '{bone}' stands for two joints": "Knochen '{bone}' steht für zwei Gelenke",
    "bone '{outer}' is above '{inner}', and should be below it": (
        "Knochen '{outer}' ist '{inner}' übergeordnet und sollte untergeordnet sein"
    ),
    "bones of the gestures are locked and will be left alone ({bones})": (
        "Knochen der Gesten sind gesperrt und bleiben, wie sie sind ({bones})"
    ),
    "bones of the list are no longer in the armature and will be left out ({bones})": (
        "Knochen der Liste sind nicht mehr im Skelett und werden ausgelassen ({bones})"
    ),
    "built-in model": "eingebautes Modell",
    "change it again": "ihn noch einmal ändern",
    "change the take that it was made from": "ändere den Take, aus dem er entstanden ist",
    "channel {number} of the sequencer has no sound strip": "Kanal {number} des Sequenzers hat keinen Tonstreifen",
    "check that Praat can open it": "prüfen, ob Praat es öffnen kann",
    "check that it belongs to this recording": "prüfen, ob er zu dieser Aufnahme gehört",
    "check that it is a WebVTT file": "prüfen, ob es eine WebVTT-Datei ist",
    "check that it is a subtitle file": "prüfen, ob es eine Untertiteldatei ist",
    "check the file": "die Datei prüfen",
    "check the file with a JSON editor": "die Datei mit einem JSON-Editor prüfen",
    "check the file's times": "die Zeiten der Datei prüfen",
    "check the path of the text": "den Pfad des Textes prüfen",
    "character '{character}' has no voice: {why}": "Figur '{character}' hat keine Stimme: {why}",
    "choose File under Speech to place another": "unter „Sprache“ „Datei“ wählen, um eine andere zu setzen",
    "choose a Python program": "ein Python-Programm wählen",
    "choose a Python with torch and numpy, or let Set Up GPU make one": (
        "ein Python mit torch und numpy wählen oder „GPU einrichten“ eines erstellen lassen"
    ),
    "choose a file that exists": "eine wählen, die vorhanden ist",
    "choose a lost one": "einen verlorenen wählen",
    "choose a recording that is not empty": "eine Aufnahme wählen, die nicht leer ist",
    "choose a recording with a voice in it, or turn its level up": (
        "eine Aufnahme mit einer Stimme wählen oder ihren Pegel anheben"
    ),
    "choose an Audio2Gestures model in the preferences": "in den Einstellungen ein Audio2Gestures-Modell wählen",
    "choose an Audio2Gestures model, or leave the idle out": (
        "ein Audio2Gestures-Modell wählen oder die Ruhebewegung weglassen"
    ),
    "choose an Audio2Gestures model, or let the character stand": (
        "wähle ein Audio2Gestures-Modell, oder lass die Figur stehen"
    ),
    "choose an armature under Character, or use Add Character": (
        "unter „Figur“ ein Skelett wählen oder „Figur hinzufügen“ verwenden"
    ),
    "choose another Python": "ein anderes Python wählen",
    "choose another bone for it, or have the bones guessed again": (
        "einen anderen Knochen dafür wählen oder die Knochen neu erraten lassen"
    ),
    "choose another file": "eine andere Datei wählen",
    "choose another folder": "einen anderen Ordner wählen",
    "choose another name": "einen anderen Namen wählen",
    "choose another one": "eine andere wählen",
    "choose another one and generate again": "eine andere wählen und erneut erzeugen",
    "choose another one for one of them": "für eines von beiden einen anderen wählen",
    "choose another one in the preferences, or use the built-in one": (
        "in den Einstellungen ein anderes wählen oder das eingebaute verwenden"
    ),
    "choose another one under Speech": "unter „Sprache“ etwas anderes wählen",
    "choose another one under Speech, or none": "unter „Sprache“ einen anderen oder keinen wählen",
    "choose another one, or generate a new take": "einen anderen wählen oder einen neuen Take erzeugen",
    "choose another one, or remove the pin": "einen anderen wählen oder den Pin entfernen",
    "choose another place": "einen anderen Ort wählen",
    "choose another pose": "wähle eine andere Pose",
    "choose another recording": "eine andere Aufnahme wählen",
    "choose another scene in the sequencer": "im Sequenzer eine andere Szene wählen",
    "choose another seed": "einen anderen Startwert wählen",
    "choose at least one above Generate Gestures": "mindestens einen über „Gesten erzeugen“ wählen",
    "choose hands or feet": "Hände oder Füße wählen",
    "choose it in the list of bones": "wähle ihn in der Knochenliste",
    "choose it in the list of bones, or choose another armature": (
        "in der Knochenliste wählen oder ein anderes Skelett wählen"
    ),
    "choose none": "keinen wählen",
    "choose one in the list": "einen in der Liste wählen",
    "choose one in the list of takes": "einen in der Liste der Takes wählen",
    "choose one of a whole body": "wähle eine des ganzen Körpers",
    "choose one of this file's texts": "einen Text dieser Datei wählen",
    "choose one that ends in .blend": "eine wählen, die auf .blend endet",
    "choose one that exists": "einen wählen, den es gibt",
    "choose one that has them in the preferences": "in den Einstellungen eines wählen, das welche hat",
    "choose one that it has": "einen wählen, den es hat",
    "choose one under Gaze and Face, or look at nothing": "wähle eines unter Blick und Gesicht, oder sieh nichts an",
    "choose one under Speech": "unter „Sprache“ eine wählen",
    "choose other bones for this limb": "andere Knochen für diese Gliedmaße wählen",
    "choose others above Generate Gestures": "andere über „Gesten erzeugen“ wählen",
    "choose others for them in the list of bones, or use Guess Again": (
        "wählen Sie in der Knochenliste andere für sie, oder verwenden Sie Neu raten"
    ),
    "choose others, or unpin it": "andere wählen oder ihn lösen",
    "choose some, or mute the pin": "welche wählen oder den Pin stummschalten",
    "choose that model, or generate a new take": "dieses Modell wählen oder einen neuen Take erzeugen",
    "choose that one in the preferences, or use Generate Gestures for new motion": (
        "dieses in den Einstellungen wählen oder mit „Gesten erzeugen“ neue Bewegung erzeugen"
    ),
    "choose that one under Speech, or use Generate Gestures for a new take": (
        "diese unter „Sprache“ wählen oder für einen neuen Take „Gesten erzeugen“ verwenden"
    ),
    "choose that one under Speech, or use Update Take for a new take with its gestures": (
        "diese unter „Sprache“ wählen oder für einen neuen Take mit dessen Gesten „Take aktualisieren“ verwenden"
    ),
    "choose that version's product.safetensors in the preferences, or use Generate Gestures for new motion": (
        "in den Einstellungen product.safetensors dieser Version wählen oder mit „Gesten erzeugen“ neue Bewegung "
        "erzeugen"
    ),
    "choose the armature of somebody who stands upright at rest": (
        "das Skelett einer Figur wählen, die in Ruhe aufrecht steht"
    ),
    "choose the speech of another one, or look at something else": (
        "wähle die Sprache einer anderen, oder sieh etwas anderes an"
    ),
    "choose them in the list of bones": "wähle sie in der Knochenliste",
    "click a bone there first": "dort zuerst einen Knochen anklicken",
    "click one first": "zuerst einen anklicken",
    "click one there": "dort einen anklicken",
    "clip '{name}' has animated strip time": "Clip '{name}' spielt mit animierter Zeit",
    "clip '{name}' has modifiers of its own": "Clip '{name}' hat eigene Modifikatoren",
    "clip '{name}' is added to what lies below it": "Clip '{name}' wird zu dem addiert, was darunter liegt",
    "clip '{name}' lies in a reversed meta strip": "Clip '{name}' liegt in einem umgekehrten Metastreifen",
    "clip '{name}' turns '{bone}', which has no effect while '{property}' of '{switch}' is not {value}": (
        "Clip '{name}' dreht '{bone}', was nicht wirkt, solange '{property}' von '{switch}' nicht {value} ist"
    ),
    "close other programs that use it, or use this computer's CPU": (
        "andere Programme schließen, die sie nutzen, oder die CPU dieses Computers verwenden"
    ),
    "constraints or drivers turn bones of the gestures ({bones})": (
        "Constraints oder Treiber drehen Knochen der Gesten ({bones})"
    ),
    "convert it to WAV": "in WAV umwandeln",
    "convert it to WAV, or keep File under Speech": "in WAV umwandeln oder unter „Sprache“ bei „Datei“ bleiben",
    "correct or remove those frames": "diese Bilder korrigieren oder weglassen",
    "drag a preview range in the timeline with P": "in der Zeitleiste mit P einen Vorschaubereich aufziehen",
    "drag it over the take with P in the timeline": "ihn in der Zeitleiste mit P über dem Take aufziehen",
    "drag it over what is said with P in the timeline": "ihn mit P in der Zeitleiste über das Gesagte ziehen",
    "enough to work with, a second of speech takes {seconds:.2f} s": (
        "es lässt sich damit arbeiten, eine Sekunde Sprache dauert {seconds:.2f} s"
    ),
    "every character of the scene is animated already, or hidden": (
        "jede Figur der Szene ist schon animiert oder verborgen"
    ),
    "exactly one NLA strip of the character must be selected": (
        "es ist nicht genau ein NLA-Streifen der Figur ausgewählt"
    ),
    "exchange them in the list of bones, or choose the bones again": (
        "sie in der Knochenliste vertauschen oder die Knochen neu wählen"
    ),
    "export it again, with a usual one such as 48000 Hz": "mit einer üblichen wie 48000 Hz erneut exportieren",
    "export it with a rest pose that stands upright": "mit einer Ruhepose exportieren, die aufrecht steht",
    "export it with its bone lengths": "sie mit ihren Knochenlängen exportieren",
    "export it with right-handed axes": "mit rechtshändigen Achsen exportieren",
    "export the recording again": "die Aufnahme erneut exportieren",
    "fast enough, a second of speech takes {seconds:.2f} s": (
        "schnell genug, eine Sekunde Sprache dauert {seconds:.2f} s"
    ),
    "find it with Find Speech File": "sie mit „Sprachdatei suchen“ finden",
    "find its file there, or make the sound local first": "die Datei dort suchen oder den Ton zuerst lokal machen",
    "frames {first} to {stop} lie outside the speech": "Bilder {first} bis {stop} liegen außerhalb der Sprache",
    "free some space": "Platz schaffen",
    "free some space on the disk": "Platz auf dem Datenträger schaffen",
    "free some space, or choose an existing Python": "Platz schaffen oder ein vorhandenes Python wählen",
    "generate a new one": "einen neuen erzeugen",
    "generate a new take": "einen neuen Take erzeugen",
    "gestures are being generated": "es werden gerade Gesten erzeugt",
    "give 0 (loose) to 1 (exact)": "0 (lose) bis 1 (genau) angeben",
    "give 0 to {most:g} seconds": "0 bis {most:g} Sekunden angeben",
    "give a clip of somebody who stands upright, with Y up": (
        "einen Clip von jemandem angeben, der aufrecht steht, mit Y nach oben"
    ),
    "give a clip with animation": "einen Clip mit Animation angeben",
    "give a number, or one per frame": "eine Zahl angeben oder eine pro Bild",
    "give a second of it": "eine Sekunde darin angeben",
    "give a whole body whose joints have the SMPL-X names": (
        "einen ganzen Körper angeben, dessen Gelenke die Namen von SMPL-X haben"
    ),
    "give an npz that says its frames per second there": "ein npz angeben, das dort seine Bilder pro Sekunde nennt",
    "give an npz with 'poses' (T, 165) and 'mocap_frame_rate'": (
        "ein npz mit 'poses' (T, 165) und 'mocap_frame_rate' angeben"
    ),
    "give frames per second, such as 30": "Bilder pro Sekunde angeben, etwa 30",
    "give it to one": "ihn nur einem geben",
    "give its start in seconds": "seinen Anfang in Sekunden angeben",
    "give left, right or both": "left, right oder both angeben",
    "give one of Whisper, WhisperX, Vosk, AWS Transcribe or ElevenLabs, or subtitles": (
        "eines von Whisper, WhisperX, Vosk, AWS Transcribe oder ElevenLabs angeben, oder Untertitel"
    ),
    "give one of each per joint": "für jedes Gelenk eines davon angeben",
    "give one, or one per frame of its clip": "einen angeben oder einen pro Bild seines Clips",
    "give seconds, 0 or more": "Sekunden angeben, 0 oder mehr",
    "give the 52 or 55 SMPL-X joints": "die 52 oder 55 SMPL-X-Gelenke angeben",
    "give the map the name of its file": "der Zuordnung den Namen ihrer Datei geben",
    "give the text of one recording": "den Text einer einzigen Aufnahme angeben",
    "give the text of what is said": "den Text des Gesprochenen angeben",
    "give {kinds}": "{kinds} angeben",
    "give {known}": "{known} angeben",
    "go there with Tab": "mit Tab dorthin wechseln",
    "go to the next one instead": "stattdessen zur nächsten gehen",
    "have the bones guessed again": "die Knochen neu raten lassen",
    "hear it again for this model": "sie für dieses Modell erneut anhören",
    "install one from python.org, or choose a Python that has torch": (
        "eines von python.org installieren oder ein Python mit torch wählen"
    ),
    "install the add-on again": "das Add-on erneut installieren",
    "invert the other one to hear both": "den anderen umpolen, um beide zu hören",
    "it cannot be told what was edited in take '{name}'": (
        "es lässt sich nicht sagen, was in Take '{name}' bearbeitet wurde"
    ),
    "it cannot be told which way is up": "es ist nicht zu erkennen, wo oben ist",
    "it does not begin with WEBVTT": "sie beginnt nicht mit WEBVTT",
    "it has no 'mocap_frame_rate'": "es fehlt 'mocap_frame_rate'",
    "it has no 'poses'": "es fehlt 'poses'",
    "it has no frames": "er hat keine Bilder",
    "it has no subtitles": "sie enthält keine Untertitel",
    "it is no transcript of a kind that is known": "es ist keine Mitschrift einer bekannten Art",
    "it is not JSON, or only a part of it": "es ist kein JSON, oder nur ein Teil davon",
    "it is not UTF-8 text": "es ist kein UTF-8-Text",
    "it is not a TextGrid": "es ist kein TextGrid",
    "it is not a text": "es ist kein Text",
    "its feet point backwards in its rest pose": "seine Füße zeigen in der Ruhepose nach hinten",
    "key that property in the clip, or choose other body parts for it": (
        "diese Eigenschaft im Clip mit Keys versehen oder andere Körperteile für ihn wählen"
    ),
    "leave it out of the text if it is not said": "aus dem Text nehmen, wenn es nicht gesagt wird",
    "leave it with Tab": "mit Tab verlassen",
    "leave it with Tab in the NLA editor": "im NLA-Editor mit Tab verlassen",
    "left and right are exchanged ('{bone}' lies on the other side)": (
        "links und rechts sind vertauscht ('{bone}' liegt auf der anderen Seite)"
    ),
    "let it begin earlier or later": "sie früher oder später beginnen lassen",
    "let it end after it starts": "ihn nach seinem Anfang enden lassen",
    "let it end after its start": "sie nach ihrem Anfang enden lassen",
    "let it end in .blend": "ihn auf .blend enden lassen",
    "let it show its pose again": "es wieder seine Pose zeigen lassen",
    "let only an idle loop": "nur eine Ruhebewegung wiederholen",
    "let them be free first": "gib sie erst frei",
    "list every parent before its children": "jedes Elternteil vor seinen Kindern aufführen",
    "list the bones from the hips to the head under 'spine' and 'neck'": (
        "die Knochen von der Hüfte bis zum Kopf unter 'spine' und 'neck' aufführen"
    ),
    "look at the log, or choose an existing Python": "das Protokoll ansehen oder ein vorhandenes Python wählen",
    "make a library override of it first": "zuerst eine Bibliotheksüberschreibung davon erstellen",
    "make it local first": "zuerst lokal machen",
    "make the strip longer": "den Streifen verlängern",
    "make the strip longer, or unpin it": "den Streifen verlängern oder ihn lösen",
    "mark one that does": "eine markieren, die das tut",
    "move it there or unpin it": "ihn dorthin verschieben oder lösen",
    "move its other strips out of the way": "die anderen Streifen der Spur aus dem Weg verschieben",
    "move the clip onto the speech": "den Clip auf die Sprache verschieben",
    "mute it instead": "stattdessen stummschalten",
    "mute it, or delete it there": "ihn stummschalten oder dort löschen",
    "mute it, or set its Blending to Replace or Combine": (
        "ihn stummschalten oder seine Überblendung auf „Ersetzen“ oder „Kombinieren“ setzen"
    ),
    "mute its pin instead": "stattdessen seinen Pin stummschalten",
    "mute the pins, or choose an Audio2Gestures model": "die Pins stummschalten oder ein Audio2Gestures-Modell wählen",
    "name one to write to": "eine nennen, in die geschrieben wird",
    "name them as ARKit does, such as eyeBlinkLeft and jawOpen": "benenne sie wie ARKit, etwa eyeBlinkLeft und jawOpen",
    "no IK controls of this rig are known": "von diesem Rig sind keine IK-Steuerknochen bekannt",
    "no NLA strip of the character is being tweaked": "kein NLA-Streifen der Figur ist im Tweak-Modus",
    "no NLA strip of the character is selected": "kein NLA-Streifen der Figur ist ausgewählt",
    "no NLA track of the character plays solo": "keine NLA-Spur der Figur spielt solo",
    "no Python from {oldest} to {newest} was found to set up the engine with": (
        "kein Python von {oldest} bis {newest} zum Einrichten der Engine gefunden"
    ),
    "no action of the character is selected": "keine Aktion der Figur ist ausgewählt",
    "no armature of this file has the bones of '{name}'": "kein Armature dieser Datei hat die Knochen von '{name}'",
    "no body part is chosen": "kein Körperteil ist gewählt",
    "no bone is an eye of this character: its head turns alone": (
        "kein Knochen ist ein Auge dieser Figur: ihr Kopf dreht sich allein"
    ),
    "no bone is the jaw of this character": "kein Knochen ist der Kiefer dieser Figur",
    "no bone of '{name}' is active": "kein Knochen von '{name}' ist aktiv",
    "no bone was found for the head": "für den Kopf wurde kein Knochen gefunden",
    "no bone was found for the hips": "für die Hüfte wurde kein Knochen gefunden",
    "no bones were found for an arm": "für einen Arm wurden keine Knochen gefunden",
    "no character is chosen": "es ist keine Figur gewählt",
    "no clip is pinned": "kein Clip ist angeheftet",
    "no constraint or driver turns these bones": "kein Constraint oder Treiber dreht diese Knochen",
    "no file is given": "es ist keine Datei angegeben",
    "no file of the speech is missing": "keine Datei der Sprache fehlt",
    "no file was named": "keine Datei genannt",
    "no finished take is kept on this computer": "auf diesem Computer ist kein fertiger Take aufbewahrt",
    "no gesture is selected": "keine Geste ist ausgewählt",
    "no gesture model": "kein Gestenmodell",
    "no gesture was placed yet": "noch keine Geste wurde platziert",
    "no gesture was suggested yet": "noch keine Geste wurde vorgeschlagen",
    "no log file is written": "es wird keine Protokolldatei geschrieben",
    "no marker with words lies over the speech": "kein Marker mit Wörtern liegt über der Sprache",
    "no mesh shows how wide the character is": "kein Mesh zeigt, wie breit die Figur ist",
    "no object to look at is chosen": "es ist kein Objekt gewählt, das angesehen werden soll",
    "no other character has a voice": "keine andere Figur hat eine Stimme",
    "no pin is chosen": "kein Pin ist gewählt",
    "no pin of the character is lost": "kein Pin der Figur ist verloren",
    "no pinned NLA strip of the character is selected": "kein angehefteter NLA-Streifen der Figur ist ausgewählt",
    "no range is selected": "kein Bereich ist gewählt",
    "no shape key follows this character": "kein Formschlüssel folgt dieser Figur",
    "no shape key of this character's meshes is known by its name to close the eyes, turn them or open the jaw": (
        "von keinem Formschlüssel der Meshes dieser Figur ist am Namen zu erkennen, dass er die Augen schließt, "
        "sie dreht oder den Kiefer öffnet"
    ),
    "no speech file is chosen": "keine Sprachdatei ist gewählt",
    "no strip with sound is active in the sequencer": "im Sequenzer ist kein Streifen mit Ton aktiv",
    "no take has been generated yet": "es wurde noch kein Take erzeugt",
    "no take is chosen": "kein Take ist gewählt",
    "no take of the character needs this": "kein Take der Figur braucht das",
    "no take of the character plays": "kein Take der Figur spielt",
    "no text strip with words lies over the speech": "kein Textstreifen mit Wörtern liegt über der Sprache",
    "no word lies in what is heard of the speech": "kein Wort liegt in dem, was von der Sprache zu hören ist",
    "nobody stands as it does in its rest pose": "so, wie er es in seiner Ruhepose tut, steht niemand",
    "none of the chosen body parts can be moved": "keiner der gewählten Körperteile lässt sich bewegen",
    "nothing was clicked": "es wurde nichts angeklickt",
    "click an accent in the NLA editor or the sequencer": "klicke einen Akzent im NLA-Editor oder im Sequenzer an",
    "an accent is at no time": "ein Akzent liegt an keiner Zeit",
    "an accent's strength of {strength:g} is out of range": (
        "die Stärke eines Akzents von {strength:g} liegt außerhalb des Bereichs"
    ),
    "change others there": "dort andere ändern",
    "give seconds from the beginning of the speech": "Sekunden ab Beginn der Sprache angeben",
    "go to one: the lanes of NLA editor and sequencer show them": (
        "gehe zu einem: die Spuren in NLA-Editor und Sequenzer zeigen sie"
    ),
    "make it stronger": "ihn verstärken",
    "make it stronger or weaker": "ihn verstärken oder abschwächen",
    "no accent is near this frame": "kein Akzent ist nahe an diesem Bild",
    "raise Energy for more movement everywhere": "Energie erhöhen, damit sich überall mehr bewegt",
    "this accent is as it is heard": "dieser Akzent ist, wie er gehört wird",
    "this accent is as strong as it can be": "dieser Akzent ist so stark, wie er sein kann",
    "this accent is as weak as it can be": "dieser Akzent ist so schwach, wie er sein kann",
    "{number} of the accents that you changed are not in this recording": (
        "{number} der Akzente, die du geändert hast, sind nicht in dieser Aufnahme"
    ),
    "nothing is being generated": "es wird gerade nichts erzeugt",
    "nothing is known of how the character sits": "es ist nicht bekannt, wie die Figur sitzt",
    "nothing is said in the selected range": "im gewählten Bereich wird nichts gesagt",
    "nothing is said in this take": "in diesem Take wird nichts gesagt",
    "now": "jetzt",
    "others drive, key or own these shape keys already ({names})": (
        "diese Formschlüssel werden schon von anderen getrieben, gekeyt oder gehören ihnen ({names})"
    ),
    "pin '{name}' comes from the linked file": "Pin '{name}' stammt aus der verknüpften Datei",
    "pin '{name}' is not lost": "Pin '{name}' ist nicht verloren",
    "pin a clip made for it, or unpin it": "einen dafür gemachten Clip anheften oder ihn lösen",
    "pin a clip that moves its body": "einen Clip anheften, der ihren Körper bewegt",
    "pin a longer clip": "einen längeren Clip anheften",
    "pinned clip '{name}' has no body part to follow it": "dem angehefteten Clip '{name}' folgt kein Körperteil",
    "pinned clip '{name}' is shorter than two frames": "der angeheftete Clip '{name}' ist kürzer als zwei Bilder",
    "pinned clip '{name}' keys rotations of another kind than its bones are set to": (
        "der angeheftete Clip '{name}' enthält Rotationen anderer Art, als bei seinen Knochen eingestellt ist"
    ),
    "pinned clip '{name}' lies outside the speech (frames {first} to {last})": (
        "der angeheftete Clip '{name}' liegt außerhalb der Sprache (Bilder {first} bis {last})"
    ),
    "pinned clip '{name}' turns no bone of the body parts chosen for it": (
        "der angeheftete Clip '{name}' dreht keinen Knochen der für ihn gewählten Körperteile"
    ),
    "pinned clip '{name}' turns none of the character's bones": (
        "der angeheftete Clip '{name}' dreht keinen der Knochen der Figur"
    ),
    "pinned clips have changed since this take was made ({names})": (
        "angeheftete Clips haben sich seit der Erzeugung dieses Takes geändert ({names})"
    ),
    "put back its file '{name}.py', or generate a new take": (
        "seine Datei „{name}.py“ zurücklegen oder einen neuen Take erzeugen"
    ),
    "raise Variation, choose a longer part, or use another seed": (
        "„Variation“ erhöhen, einen längeren Teil wählen oder einen anderen Startwert verwenden"
    ),
    "read docs/manual in the add-on's repository": "docs/manual im Repository des Add-ons lesen",
    "remove them from the strip": "sie vom Streifen entfernen",
    "remove them from the take first": "sie zuerst aus dem Take entfernen",
    "report this as a bug": "dies als Fehler melden",
    "reset its scale, repeat and reversal in the NLA editor": (
        "seine Skalierung, Wiederholung und Umkehrung im NLA-Editor zurücksetzen"
    ),
    "restart it, or use this computer's CPU": "sie neu starten oder die CPU dieses Computers verwenden",
    "restart the engine": "die Engine neu starten",
    "reverse the clip itself": "den Clip selbst umkehren",
    "rig map '{file}' cannot be read ({reason})": "Rig-Zuordnung '{file}' lässt sich nicht lesen ({reason})",
    "rig map '{file}' cannot be read as JSON ({reason})": (
        "Rig-Zuordnung '{file}' lässt sich nicht als JSON lesen ({reason})"
    ),
    "rig map '{file}' gives bone '{bone}' to '{first}' and '{second}'": (
        "Rig-Zuordnung '{file}' gibt Knochen '{bone}' an '{first}' und '{second}'"
    ),
    "rig map '{file}' has '{joint}' under '{key}'": "Rig-Zuordnung '{file}' hat '{joint}' unter '{key}'",
    "rig map '{file}' has format {format}": "Rig-Zuordnung '{file}' hat Format {format}",
    "rig map '{file}' has no valid '{key}'": "Rig-Zuordnung '{file}' hat kein gültiges '{key}'",
    "rig map '{file}' has the unknown joint '{joint}' under '{key}'": (
        "Rig-Zuordnung '{file}' hat unter '{key}' das unbekannte Gelenk '{joint}'"
    ),
    "rig map '{file}' has the unknown key '{key}'": "Rig-Zuordnung '{file}' hat den unbekannten Schlüssel '{key}'",
    "rig map '{file}' is named '{name}' inside": "Rig-Zuordnung '{file}' heißt innen '{name}'",
    "rig map '{file}' is too large": "Rig-Zuordnung '{file}' ist zu groß",
    "save it as UTF-8": "als UTF-8 speichern",
    "see 'Rig maps' in the manual": "siehe 'Rig maps' im Handbuch",
    "select NLA strips of it and use Pin Selected Strips": (
        "NLA-Streifen davon auswählen und „Ausgewählte Streifen anheften“ verwenden"
    ),
    "select NLA strips of the character and use Pin Selected Strips": (
        "NLA-Streifen der Figur auswählen und „Ausgewählte Streifen anheften“ verwenden"
    ),
    "select one in the NLA editor": "im NLA-Editor einen auswählen",
    "select one that plays an action": "einen auswählen, der eine Aktion spielt",
    "select strips of it in the NLA editor, or key a gesture": (
        "Streifen davon im NLA-Editor auswählen oder eine Geste mit Keyframes versehen"
    ),
    "select the one to follow": "den auswählen, dem gefolgt werden soll",
    "select the strip of one in the NLA editor": "den Streifen von einer im NLA-Editor auswählen",
    "the armature has no arms to measure a body by": (
        "das Armature hat keine Arme, an denen sich ein Körper messen ließe"
    ),
    "choose their bones in the list of bones": "ihre Knochen in der Knochenliste wählen",
    "the body of the character was not measured": "der Körper der Figur wurde nicht gemessen",
    "the measured body of the character cannot be read": "der gemessene Körper der Figur ist nicht lesbar",
    "use Measure Hand Clearance": "„Handabstand messen“ verwenden",
    "set Hand Clearance yourself": "stelle den Handabstand selbst ein",
    "set its Blending to Replace": "seine Überblendung auf „Ersetzen“ setzen",
    "set the bones to that Rotation Mode, or use Generate Gestures for a new take": (
        "die Knochen auf diesen Rotationsmodus setzen oder für einen neuen Take „Gesten erzeugen“ verwenden"
    ),
    "set the bones to the Rotation Mode that it was keyed in, or unpin it": (
        "die Knochen auf den Rotationsmodus setzen, in dem er entstanden ist, oder ihn lösen"
    ),
    "set the scene's frame rate back, or use Generate Gestures for a new take": (
        "die Bildrate der Szene zurücksetzen oder für einen neuen Take „Gesten erzeugen“ verwenden"
    ),
    "set the scene's frame rate to that, or choose another take": (
        "die Bildrate der Szene darauf setzen oder einen anderen Take wählen"
    ),
    "set them back, or choose an Audio2Gestures model": "sie zurücksetzen oder ein Audio2Gestures-Modell wählen",
    "shorten the fade": "die Blende kürzen",
    "slow, a second of speech takes {seconds:.1f} s; sliders will follow late": (
        "langsam, eine Sekunde Sprache dauert {seconds:.1f} s; Regler folgen spät"
    ),
    "sound '{name}' is linked from another file": "Ton '{name}' ist aus einer anderen Datei verknüpft",
    "sound strip '{name}' has no sound": "Tonstreifen '{name}' hat keinen Ton",
    "sound strip '{name}' is muted or hidden by its meta strip": (
        "Tonstreifen '{name}' ist stumm oder durch seinen Metastreifen verborgen"
    ),
    "sound strip '{name}' is retimed in a way that cannot be followed": (
        "dem Retiming von Tonstreifen '{name}' lässt sich nicht folgen"
    ),
    "speech '{name}' is {now} frames long, but its take was made for {then}": (
        "die Sprache '{name}' ist {now} Bilder lang, ihr Take wurde aber für {then} erzeugt"
    ),
    "strip '{name}' has no pose marker '{marker}'": "Streifen '{name}' hat keinen Posenmarker '{marker}'",
    "strip '{name}' is pinned already": "Streifen '{name}' ist bereits angeheftet",
    "strip '{name}' lies in a meta strip": "Streifen '{name}' liegt in einem Metastreifen",
    "strip '{name}' plays in a way that cannot be baked (only plain strips that replace or combine can)": (
        "Streifen '{name}' spielt so, dass er sich nicht backen lässt (möglich sind nur einfache, die ersetzen "
        "oder kombinieren)"
    ),
    "strip '{strip}' holds its pose (Extrapolation: Hold) over take '{name}' and hides it": (
        "Streifen '{strip}' hält seine Pose (Extrapolation: Halten) über Take '{name}' und verdeckt ihn"
    ),
    "strip '{strip}' lies over all of take '{name}' and hides it": (
        "Streifen '{strip}' liegt über dem ganzen Take '{name}' und verdeckt ihn"
    ),
    "take '{name}' does not play at its own speed": "Take '{name}' spielt nicht mit seiner eigenen Geschwindigkeit",
    "take '{name}' has fewer keys, to be edited by hand": (
        "Take '{name}' hat weniger Keyframes, zum Bearbeiten von Hand"
    ),
    "take '{name}' holds keys of your own on '{bone}'": "Take '{name}' enthält eigene Keyframes auf '{bone}'",
    "take '{name}' is combined with what lies below it, which IK controls cannot be": (
        "Take '{name}' wird mit dem kombiniert, was unter ihm liegt; mit IK-Steuerknochen geht das nicht"
    ),
    "take '{name}' is linked from another file": "Take '{name}' ist aus einer anderen Datei verknüpft",
    "take '{name}' is not written as IK": "Take '{name}' ist nicht als IK geschrieben",
    "take '{name}' is written as IK, and can be changed as FK only": (
        "Take '{name}' ist als IK geschrieben und lässt sich nur als FK ändern"
    ),
    "take '{name}' keys none of the limbs chosen whose IK controls are known": (
        "Take '{name}' bewegt keine der gewählten Gliedmaßen, deren IK-Steuerknochen bekannt sind"
    ),
    "take it out of there first": "ihn zuerst dort herausnehmen",
    "the NLA of '{name}' is turned off": "das NLA von '{name}' ist ausgeschaltet",
    "the NLA of the character is on": "das NLA der Figur ist eingeschaltet",
    "the NLA track of take '{name}' is muted": "die NLA-Spur von Take '{name}' ist stummgeschaltet",
    "the TextGrid has no tier with words": "das TextGrid hat keine Ebene mit Wörtern",
    "no word of the text is heard": "kein Wort des Textes ist zu hören",
    "the action of '{name}' is linked from another file": (
        "die Aktion von '{name}' ist aus einer anderen Datei verknüpft"
    ),
    "the active action '{name}' would hide the gestures": "die aktive Aktion '{name}' würde die Gesten verdecken",
    "the body does not rise from the hips ('{pelvis}') to the head ('{head}')": (
        "der Körper steht von der Hüfte ('{pelvis}') zum Kopf ('{head}') nicht aufrecht"
    ),
    "the built-in gesture model is used already": "das eingebaute Gestenmodell wird bereits verwendet",
    "the channels of '{name}' cancel each other out, so that only the loudest one is heard": (
        "die Kanäle von '{name}' löschen einander aus, sodass nur der lauteste gehört wird"
    ),
    "the character has an active action, which the baked one would replace": (
        "die Figur hat eine aktive Aktion, die durch die gebackene ersetzt würde"
    ),
    "the character has no active action": "die Figur hat keine aktive Aktion",
    "the character has no bones for '{name}'": "der Charakter hat keine Knochen für '{name}'",
    "the character has no pin": "die Figur hat keinen Pin",
    "the character has no strip without a pin": "die Figur hat keinen Streifen ohne Pin",
    "the character has no take": "die Figur hat keinen Take",
    "the character has no take '{name}'": "die Figur hat keinen Take '{name}'",
    "the character is not in Edit Mode": "die Figur ist nicht im Bearbeitungsmodus",
    "the character is not in Rest Position": "die Figur ist nicht in Ruheposition",
    "the character is not linked from another file": "die Figur ist nicht aus einer anderen Datei verknüpft",
    "the character was deleted meanwhile": "die Figur wurde inzwischen gelöscht",
    "the character's list of bones cannot be read ({why})": "die Knochenliste der Figur ist nicht lesbar ({why})",
    "the disk has {free:.1f} GB of free space and the engine needs {size:.1f} GB": (
        "auf dem Datenträger sind {free:.1f} GB frei, und die Engine braucht {size:.1f} GB"
    ),
    "the emphasis of '{name}' is cut off": "die Betonung von '{name}' ist abgeschnitten",
    "the engine and the add-on have different versions": "Engine und Add-on haben verschiedene Versionen",
    "the engine could not be set up ({why})": "die Engine ließ sich nicht einrichten ({why})",
    "the engine does not answer": "die Engine antwortet nicht",
    "the engine is being set up": "die Engine wird gerade eingerichtet",
    "the engine is not being set up": "die Engine wird gerade nicht eingerichtet",
    "the engine is not running": "die Engine läuft nicht",
    "the engine reported an error that cannot be read": "die Engine meldete einen Fehler, der sich nicht lesen lässt",
    "the engine stopped (status {status})": "die Engine wurde beendet (Status {status})",
    "the engine stopped ({why})": "die Engine wurde beendet ({why})",
    "the engine was killed, perhaps because memory ran out": (
        "die Engine wurde von außen beendet, vielleicht weil der Speicher ausging"
    ),
    "the engine's Python '{path}' cannot be started ({why})": (
        "das Python '{path}' der Engine lässt sich nicht starten ({why})"
    ),
    "the engine's Python '{path}' is missing": "das Python '{path}' der Engine fehlt",
    "the engine's Python cannot load torch ({why})": "das Python der Engine kann torch nicht laden ({why})",
    "the file '{name}' between Blender and its engine cannot be read ({why})": (
        "die Datei '{name}' zwischen Blender und seiner Engine lässt sich nicht lesen ({why})"
    ),
    "the file of sound strip '{name}' is missing ('{path}')": "die Datei des Tonstreifens '{name}' fehlt ('{path}')",
    "the folder '{path}' cannot be written ({why})": "in den Ordner '{path}' lässt sich nicht schreiben ({why})",
    "the gesture model '{name}' makes 2-D key points, not body motion": (
        "das Gestenmodell '{name}' erzeugt 2D-Punkte, keine Körperbewegung"
    ),
    "the gesture model cannot be used ({why})": "das Gestenmodell kann nicht verwendet werden ({why})",
    "the gesture model is missing": "das Gestenmodell fehlt",
    "the graphics card has too little free memory": "die Grafikkarte hat zu wenig freien Speicher",
    "the graphics card's engine is not set up": "die Engine der Grafikkarte ist nicht eingerichtet",
    "the header of '{name}' is damaged": "der Dateikopf von '{name}' ist beschädigt",
    "the kept take is damaged": "der aufbewahrte Take ist beschädigt",
    "the kept take is for a body that this version does not know ({names})": (
        "der aufbewahrte Take ist für einen Körper, den diese Version nicht kennt ({names})"
    ),
    "the kept take was made by a newer version of Audio2Gestures": (
        "der aufbewahrte Take stammt von einer neueren Version von Audio2Gestures"
    ),
    "the kept take was made for {made:g} frames per second, but the scene plays {now:g}": (
        "der aufbewahrte Take ist für {made:g} Bilder pro Sekunde, und die Szene spielt {now:g}"
    ),
    "the list of bones has no row '{row}'": "die Knochenliste hat keine Zeile '{row}'",
    "the list of bones names '{bone}', which the armature does not have": (
        "die Knochenliste nennt '{bone}', den das Skelett nicht hat"
    ),
    "the list of bones was not corrected": "die Knochenliste wurde nicht korrigiert",
    "the manual is not installed": "das Handbuch ist nicht installiert",
    "the motion contains values that are not finite": "die Bewegung enthält Werte, die nicht endlich sind",
    "the motion diverged by frame {frame}": "die Bewegung ist bis Bild {frame} divergiert",
    "the plan of a performance is damaged": "der Plan einer Darbietung ist beschädigt",
    "the plan of this take was made with another model": "der Plan dieses Takes wurde mit einem anderen Modell gemacht",
    "this take does not know everybody who takes part by now ({names})": (
        "dieser Take kennt nicht alle, die inzwischen mitspielen ({names})"
    ),
    "the scene has become longer than the idle of this take": "die Szene ist länger geworden als die Ruhe dieses Takes",
    "the scene has no camera to look at": "die Szene hat keine Kamera, in die man sehen könnte",
    "the scene's range is empty": "der Bereich der Szene ist leer",
    "the selected range lies outside the take": "der gewählte Bereich liegt außerhalb des Takes",
    "the sequencer has no sound strip": "der Sequenzer hat keinen Tonstreifen",
    "the sequencer has no sound strip '{name}'": "der Sequenzer hat keinen Tonstreifen '{name}'",
    "the sequencer's scene '{name}' is linked from another file": (
        "die Szene '{name}' des Sequenzers ist aus einer anderen Datei verknüpft"
    ),
    "the skeleton has no fingers to make key points of": "das Skelett hat keine Finger für die Schlüsselpunkte",
    "the skeleton's joints are out of order": "die Gelenke des Skeletts sind in falscher Reihenfolge",
    "the skeleton's names, parents and offsets differ in length": (
        "Namen, Eltern und Versätze des Skeletts sind verschieden viele"
    ),
    "the speech contains samples that are not finite or far too large": (
        "die Sprache enthält Werte, die nicht endlich oder viel zu groß sind"
    ),
    "the speech has no samples": "die Sprache enthält keinen Ton",
    "the speech is in the sequencer already": "die Sprache ist bereits im Sequenzer",
    "the speech is not the one that this take was made for ('{name}')": (
        "die Sprache ist nicht die, für die dieser Take erzeugt wurde ('{name}')"
    ),
    "the speech is silent": "die Sprache ist still",
    "the speech lies outside Blender's timeline (frames {first} to {last})": (
        "die Sprache liegt außerhalb von Blenders Zeitleiste (Bilder {first} bis {last})"
    ),
    "the speech was heard at {heard:g} frames per second, but this model works at {model:g}": (
        "die Sprache wurde mit {heard:g} Bildern pro Sekunde angehört, und dieses Modell arbeitet mit {model:g}"
    ),
    "the speech was moved to frame {now}, but take '{name}' begins on frame {then}": (
        "die Sprache wurde auf Bild {now} verschoben, aber Take '{name}' beginnt auf Bild {then}"
    ),
    "the strip of this pin is gone": "der Streifen dieses Pins ist weg",
    "the take keys rotations of another kind than its bones are set to ({bones})": (
        "der Take animiert Rotationen anderer Art, als seine Knochen eingestellt sind ({bones})"
    ),
    "the take was deleted meanwhile": "der Take wurde inzwischen gelöscht",
    "the take was edited meanwhile": "der Take wurde inzwischen bearbeitet",
    "the text does not seem to be what is said": "der Text scheint nicht das Gesprochene zu sein",
    "the text has no words": "der Text enthält keine Wörter",
    "the text is too long for the speech": "der Text ist zu lang für die Sprache",
    "the words are those of another recording": "die Wörter sind die einer anderen Aufnahme",
    "the words of the speech are not known": "die Wörter der Sprache sind nicht bekannt",
    "there is no character in the scene": "in der Szene ist keine Figur",
    "there is no file '{path}'": "es gibt keine Datei '{path}'",
    "there is no folder '{path}'": "es gibt keinen Ordner '{path}'",
    "there is no gesture '{name}'": "es gibt keine Geste '{name}'",
    "there is no gesture model '{path}'": "es gibt kein Gestenmodell '{path}'",
    "there is no lexicon of '{language}'": "es gibt kein Lexikon für '{language}'",
    "there is no log": "es gibt kein Protokoll",
    "there is no memory to free": "es gibt keinen Speicher freizugeben",
    "there is no text '{path}'": "es gibt keinen Text '{path}'",
    "there is nothing to cancel": "es gibt nichts abzubrechen",
    "there is nothing to change": "es gibt nichts zu ändern",
    "there is nothing to find": "es gibt nichts zu suchen",
    "there is nothing to forget": "es gibt nichts zu verwerfen",
    "there is nothing to leave": "es gibt nichts zu verlassen",
    "there is nothing to move to the NLA": "es gibt nichts ins NLA zu verschieben",
    "there is nothing to mute": "es gibt nichts stummzuschalten",
    "there is nothing to override": "es gibt nichts zu überschreiben",
    "there is nothing to relink": "es gibt nichts neu zu verknüpfen",
    "there is nothing to restart": "es gibt nichts neu zu starten",
    "there is nothing to turn off": "es gibt nichts auszuschalten",
    "there is nothing to turn on": "es gibt nichts einzuschalten",
    "this computer's CPU generates gestures": "die CPU dieses Computers erzeugt die Gesten",
    "this computer's CPU generates gestures already": "die CPU dieses Computers erzeugt die Gesten bereits",
    "this file has no text": "diese Datei hat keinen Text",
    "this is the phrase's first performance": "dies ist die erste Darbietung der Phrase",
    "this model cannot follow pinned clips": "dieses Modell kann angehefteten Clips nicht folgen",
    "this model cannot idle": "dieses Modell hat keine Ruhebewegung",
    "this model cannot regenerate a part of a take": "dieses Modell kann keinen Teil eines Takes neu erzeugen",
    "this model cannot sit": "dieses Modell kann nicht sitzen",
    "this model has no style '{style}'": "dieses Modell hat keinen Stil '{style}'",
    "this model has no styles": "dieses Modell hat keine Stile",
    "this model lacks the controls {names}": "diesem Modell fehlen die Regler {names}",
    "this model makes 2-D key points, not the motion of a skeleton": (
        "dieses Modell erzeugt 2D-Punkte, nicht die Bewegung eines Skeletts"
    ),
    "this part of the take has no other performance": "dieser Teil des Takes hat keine andere Darbietung",
    "this take follows its pins as an earlier version did, with all of the body": (
        "dieser Take folgt seinen angehefteten Clips wie in einer früheren Version, mit dem ganzen Körper"
    ),
    "this take has no record of how it was made": "zu diesem Take ist nicht vermerkt, wie er entstanden ist",
    "this take is no longer kept": "dieser Take ist nicht mehr aufbewahrt",
    "this take was edited by hand": "dieser Take wurde von Hand bearbeitet",
    "this take was made by a newer version of Audio2Gestures": (
        "dieser Take stammt von einer neueren Version von Audio2Gestures"
    ),
    "this take was made for {made:g} frames per second, but the scene plays {now:g}": (
        "dieser Take ist für {made:g} Bilder pro Sekunde, und die Szene spielt {now:g}"
    ),
    "this take was made with another gesture model ('{name}')": (
        "dieser Take wurde mit einem anderen Gestenmodell erzeugt ('{name}')"
    ),
    "this take was made with the slider '{name}', which is not installed": (
        "dieser Take wurde mit dem Regler „{name}“ gemacht, der nicht installiert ist"
    ),
    "this version reads 1 to {newest}; update Audio2Gestures": (
        "diese Version liest 1 bis {newest}; Audio2Gestures aktualisieren"
    ),
    "trim the clip": "den Clip beschneiden",
    "turn it on in the NLA editor": "es im NLA-Editor einschalten",
    "turn off its Animated Strip Time": "seine animierte Streifenzeit ausschalten",
    "turn off its star in the NLA editor": "ihren Stern im NLA-Editor ausschalten",
    "turn on Log File in the preferences, or use Copy Problem Report": (
        "in den Einstellungen „Protokolldatei“ einschalten oder „Fehlerbericht kopieren“ verwenden"
    ),
    "turn on Preferences > System > Network > Allow Online Access, or choose an existing Python": (
        "in den Einstellungen unter System > Netzwerk den Online-Zugriff erlauben oder ein vorhandenes Python wählen"
    ),
    "two joints of the skeleton are in the same place": "zwei Gelenke des Skeletts liegen an derselben Stelle",
    "undo their changes, or use Generate Gestures for a new take": (
        "ihre Änderungen rückgängig machen oder für einen neuen Take „Gesten erzeugen“ verwenden"
    ),
    "unlock their rotation in the sidebar, unless it is meant": (
        "ihre Rotation in der Seitenleiste entsperren, falls es nicht so gemeint ist"
    ),
    "unmute it and its channel, or choose another one": (
        "ihn und seinen Kanal wieder hörbar machen oder einen anderen wählen"
    ),
    "update the add-on": "das Add-on aktualisieren",
    "use Add Character": "„Figur hinzufügen“ verwenden",
    "use Add Gesture at Playhead": "„Geste am Abspielkopf hinzufügen“ verwenden",
    "use Bake Gestures to Action": "verwende 'Gesten in Aktion backen'",
    "use Choose Style, or choose the model that has it in the preferences": (
        "„Stil wählen“ verwenden oder in den Einstellungen das Modell wählen, das ihn hat"
    ),
    "use Connect Shape Keys first": "verwende erst Formschlüssel verbinden",
    "use Copy Problem Report": "„Fehlerbericht kopieren“ verwenden",
    "use Copy Problem Report instead": "stattdessen „Fehlerbericht kopieren“ verwenden",
    "use Find Speech File": "„Sprachdatei suchen“ verwenden",
    "use Find Speech File, or choose another": "„Sprachdatei suchen“ verwenden oder eine andere wählen",
    "use Generate Gestures": "„Gesten erzeugen“ verwenden",
    "use Generate Gestures again": "„Gesten erzeugen“ erneut verwenden",
    "use Generate Gestures for a new one": "für einen neuen „Gesten erzeugen“ verwenden",
    "use Generate Gestures for a new take, or choose an Audio2Gestures model": (
        "für einen neuen Take „Gesten erzeugen“ verwenden oder ein Audio2Gestures-Modell wählen"
    ),
    "use Generate Gestures, or unmute a take": "„Gesten erzeugen“ verwenden oder einen Take nicht mehr stummschalten",
    "use Generate Idle for one of them": "für eine davon „Ruhe erzeugen“ verwenden",
    "use Generate Idle or Generate Listening for another one": (
        "für einen anderen „Ruhe erzeugen“ oder „Zuhören erzeugen“ verwenden"
    ),
    "use Leave Tweak Mode": "„Tweak-Modus verlassen“ verwenden",
    "use Move Take Too, or move the speech back": "„Take mitverschieben“ verwenden oder die Sprache zurückschieben",
    "use Move Take to Top, or mute it": "„Take ganz nach oben“ verwenden oder ihn stummschalten",
    "use Mute Constraints and Drivers, unless they are meant to": (
        "„Constraints und Treiber stummschalten“ verwenden, wenn das nicht gewollt ist"
    ),
    "use Object > Library Override > Make, or append it instead": (
        "Objekt > Bibliotheksüberschreibung > Erstellen verwenden oder es stattdessen anhängen"
    ),
    "use Push Down Action first": "zuerst „Aktion nach unten schieben“ verwenden",
    "use Push Down Action to keep it as an NLA strip": (
        "„Aktion nach unten schieben“ verwenden, um sie als NLA-Streifen zu behalten"
    ),
    "use Read Words": "„Wörter einlesen“ verwenden",
    "use Relink Pin or Remove Pin": "„Pin neu verknüpfen“ oder „Pin entfernen“ verwenden",
    "use Set Up GPU again": "„GPU einrichten“ erneut verwenden",
    "use Set Up GPU first": "zuerst „GPU einrichten“ verwenden",
    "use Set Up GPU, or choose another Python": "„GPU einrichten“ verwenden oder ein anderes Python wählen",
    "use Set Up GPU, or this computer's CPU": "„GPU einrichten“ oder die CPU dieses Computers verwenden",
    "use Strip > Retiming > Reset Retiming, or render the sound to a file and use that": (
        "Streifen > Retiming > Retiming zurücksetzen verwenden oder den Ton in eine Datei rendern und diese verwenden"
    ),
    "use Suggest Gestures": "„Gesten vorschlagen“ verwenden",
    "use Turn Off Hold or Move Take to Top": "„Halten ausschalten“ oder „Take ganz nach oben“ verwenden",
    "use Turn Off Time Stretching": "„Zeitstreckung ausschalten“ verwenden",
    "use Unmute Track": "„Spur laut schalten“ verwenden",
    "use Update Take first, or generate a new take": (
        "zuerst „Take aktualisieren“ verwenden oder einen neuen Take generieren"
    ),
    "use Update Take for a changed copy of it": "für eine geänderte Kopie „Take aktualisieren“ verwenden",
    "use Update Take, so that the character looks at them too": (
        "„Take aktualisieren“ verwenden, damit die Figur auch sie ansieht"
    ),
    "use Update Take for a new take with its gestures": (
        "für einen neuen Take mit dessen Gesten „Take aktualisieren“ verwenden"
    ),
    "use Update Words": "„Wörter aktualisieren“ verwenden",
    "use Update Words, or untrim its strip": "„Wörter aktualisieren“ verwenden oder den Streifen wieder verlängern",
    "use Use Built-in Model in the preferences, or Generate Gestures for new motion": (
        "in den Einstellungen „Eingebautes Modell verwenden“ wählen oder mit „Gesten erzeugen“ neue Bewegung erzeugen"
    ),
    "use Write as FK, change it, and write it as IK again": (
        "„Als FK schreiben“ verwenden, ihn ändern und wieder als IK schreiben"
    ),
    "use Write as IK": "„Als IK schreiben“ verwenden",
    "use a Rigify character, or a rig map that names them under 'ik'": (
        "eine Figur mit Rigify-Rig verwenden oder eine Rig-Zuordnung, die sie unter 'ik' nennt"
    ),
    "use generate_channels, or a 3-D model": "generate_channels oder ein 3D-Modell verwenden",
    "use one of: {styles}": "einen von diesen verwenden: {styles}",
    "use one that the manual names": "eine verwenden, die das Handbuch nennt",
    "use only {keys}": "nur {keys} verwenden",
    "use the names of SMPL-X joints": "die Namen der SMPL-X-Gelenke verwenden",
    "use values from {low:g} to {high:g}": "Werte von {low:g} bis {high:g} verwenden",
    "wait": "warten",
    "wait, or cancel": "warten oder abbrechen",
    "wave": "winken",
    "wave big": "groß winken",
    "wave friendly": "freundlich winken",
    "wave high": "hoch winken",
    "wave lively": "lebhaft winken",
    "wave long": "lange winken",
    "wave off": "abwinken",
    "wave off low": "tief abwinken",
    "wave off one hand": "mit einer Hand abwinken",
    "wave off wide": "weit abwinken",
    "we": "wir",
    "which way is left cannot be told without 'left_hip' and 'right_hip'": (
        "ohne 'left_hip' und 'right_hip' ist nicht zu erkennen, wo links ist"
    ),
    "which way is up cannot be told without 'spine3', 'neck' or 'head'": (
        "ohne 'spine3', 'neck' oder 'head' ist nicht zu erkennen, wo oben ist"
    ),
    "words are found without it, too": "Wörter werden auch ohne es gefunden",
    "write it again": "noch einmal schreiben",
    "you": "du",
    "you both hands": "du mit beiden Händen",
    "you point": "auf dich zeigen",
    "write a number": "schreibe eine Zahl",
    "write a whole number": "schreibe eine ganze Zahl",
    "'{name}' says line '{line}', and would listen to it": "'{name}' spricht die Zeile '{line}' und würde ihr zuhören",
    "name another listener": "nenne jemand anderen, der zuhört",
    "write its name into the column character, or choose one": (
        "schreibe ihren Namen in die Spalte character oder wähle eine"
    ),
    "{done:.1f} of about {all:.1f} GB on the disk": "{done:.1f} von etwa {all:.1f} GB auf dem Datenträger",
    "{found} without {names}": "{found} ohne {names}",
    "{found} · whole body": "{found} · ganzer Körper",
    "{found} · {n}/{total} bones": "{found} · {n}/{total} Knochen",
    "{n:.0f} d ago": "vor {n:.0f} T",
    "{n:.0f} h ago": "vor {n:.0f} h",
    "{n:.0f} min ago": "vor {n:.0f} min",
    "{names} and {n} more": "{names} und {n} weitere",
    "{name} (lost)": "{name} (verloren)",
    "{name} (not followed)": "{name} (nicht befolgt)",
    "{name} has shape {shape}": "{name} hat die Form {shape}",
    "{name} is out of range": "{name} liegt außerhalb des Bereichs",
    "{name}: frames {first} to {last}": "{name}: Bilder {first} bis {last}",
    "{n} gestures fit the words": "{n} Gesten passen zu den Wörtern",
    "{n} gestures were written; add the folder under Preferences > File Paths > Asset Libraries to see them": (
        "{n} Gesten wurden geschrieben; den Ordner unter Einstellungen "
        "> Dateipfade > Asset-Bibliotheken hinzufügen, um sie zu sehen"
    ),
    "{n} shape keys follow from the next take on": "{n} Formschlüssel folgen vom nächsten Take an",
    "{n} words are known": "{n} Wörter sind bekannt",
    "{n} words of '{name}' are known": "{n} Wörter von '{name}' sind bekannt",
    "{problem}; {hint}.": "{problem}; {hint}.",
    "Not verified: {rig}": "Ungeprüft: {rig}",
    "{share:.0%} of the keys are left, at most {degrees:.2f}° and {centimetres:.2f} cm off": (
        "{share:.0%} der Keyframes sind übrig, höchstens {degrees:.2f}° und {centimetres:.2f} cm daneben"
    ),
    "{size:.1f} MB kept": "{size:.1f} MB aufbewahrt",
}
