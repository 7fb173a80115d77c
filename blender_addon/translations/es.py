"""Spanish. As Blender's own translation says it; where there is a choice:"""

# Take: toma · Pin: fijación, fijar/soltar · Pinned Clip: clip fijado · Seed: semilla · Speech: voz
# Strip: clip · Fade: fundido · Energy: energía · Calm: calma · Posture: postura · Variation: variación
# Body Parts: partes del cuerpo · Layering: superposición
# sequencer: editor de video · armature: esqueleto · NLA: ANL · performance: interpretación

MESSAGES: dict[str, str] = {
    "'{line}' has no times that can be read": "'{line}' no tiene tiempos legibles",
    "'{name}' at {time:.2f} s lies outside the speech": "'{name}' a los {time:.2f} s queda fuera de la voz",
    "'{name}' cannot be overridden": "no se puede redefinir '{name}'",
    "'{name}' cannot be read to its end": "no se puede leer '{name}' hasta el final",
    "'{name}' cannot have Z up": "'{name}' no puede tener Z hacia arriba",
    "'{name}' does not end as a file that can be exported": "'{name}' no termina como un archivo que se pueda exportar",
    "'{name}' has a sample rate of {rate:g} Hz": "'{name}' tiene una frecuencia de muestreo de {rate:g} Hz",
    "'{name}' has gestures of your own: {names}": "'{name}' contiene gestos propios: {names}",
    "'{name}' has no bone '{bone}'": "'{name}' no tiene ningún hueso '{bone}'",
    "'{name}' has no samples": "'{name}' no contiene sonido",
    "'{name}' has no words": "'{name}' no tiene palabras",
    "'{name}' is done with no hand '{hand}'": "'{name}' no se hace con ninguna mano '{hand}'",
    "'{name}' is done with the head": "'{name}' se hace con la cabeza",
    "'{name}' is in Edit Mode": "'{name}' está en modo Edición",
    "'{name}' is in Rest Position, and would not move": "'{name}' está en posición de reposo y no se movería",
    "'{name}' is in the sequencer, frames {first} to {last}": (
        "'{name}' está en el editor de video, fotogramas {first} a {last}"
    ),
    "'{name}' is linked from another file": "'{name}' está vinculado desde otro archivo",
    "'{name}' is no name of a Blender file": "'{name}' no es un nombre de archivo de Blender",
    "'{name}' is not UTF-8 text": "'{name}' no es texto UTF-8",
    "'{name}' is not audio that Blender can read": "'{name}' no es un audio que Blender pueda leer",
    "'{name}' is not in Pose Mode": "'{name}' no está en modo Pose",
    "'{name}' is of no kind that words are read from": "'{name}' no es de un tipo del que se lean palabras",
    "'{name}' is scaled by other factors along its axes": "'{name}' está escalado de forma distinta en cada eje",
    "'{name}' is the file that is open": "'{name}' es el archivo abierto",
    "'{name}' is there already, and is not replaced": "'{name}' ya existe y no se reemplaza",
    "'{name}' is too large for a text": "'{name}' es demasiado grande para un texto",
    "'{path}' cannot be run as a Python": "'{path}' no se puede ejecutar como Python",
    "'{path}' cannot be the engine's Python ({why})": "'{path}' no puede ser el Python del motor ({why})",
    "'{path}' cannot be written ({why})": "no se puede escribir '{path}' ({why})",
    "'{path}' has no pocketsphinx ({why})": "'{path}' no tiene pocketsphinx ({why})",
    "'{path}' is older than Python 3.11": "'{path}' es anterior a Python 3.11",
    "'{text}' ends before it begins": "'{text}' termina antes de empezar",
    "'{words}' is not heard at {time}": "'{words}' no se oye en {time}",
    ", {n} to come": ", faltan {n}",
    "A graphics card by CUDA or ROCm": "Una tarjeta gráfica mediante CUDA o ROCm",
    "A style chosen at random for each take": "Un estilo elegido al azar para cada toma",
    "A text of Blender's text editor": "Un texto del editor de texto de Blender",
    "About {download:.1f} GB to download, {disk:.0f} GB on the disk": (
        "Unos {download:.1f} GB de descarga, {disk:.0f} GB en el disco"
    ),
    "Active Take": "Toma activa",
    "Add Body": "Agregar cuerpo",
    "Add Bones Preset": "Agregar ajuste de huesos",
    "Add Character": "Agregar personaje",
    "Add Gesture at Playhead": "Agregar gesto en el cursor de reproducción",
    "Add Gesture of Asset Browser": "Añadir gesto del navegador de recursos",
    "Add Performance Preset": "Agregar ajuste de interpretación",
    "Add a body of our own at the 3D cursor, or beside who stands there, and choose it as the character": (
        "Agrega un cuerpo propio en el cursor 3D, o al lado de quien esté allí, y lo elige como personaje"
    ),
    "Add a mannequin that the bones move, so that the gestures can be judged": (
        "Agrega un maniquí movido por los huesos, para poder juzgar los gestos"
    ),
    "Add the gestures to the animation below, such as a walk": (
        "Suma los gestos a la animación inferior, por ejemplo a una caminata"
    ),
    "Add the speech's file to the sequencer as a strip that can be heard and trimmed, and use that": (
        "Agrega el archivo de voz al editor de video como un clip que se puede oír y recortar, y lo usa"
    ),
    "All bones, where and as large as the character is": "Todos los huesos, donde y tan grande como está el personaje",
    "Also where the library that was written before has gestures of your own": (
        "También si la biblioteca escrita antes contiene gestos propios"
    ),
    "Also write the meshes that the character's bones move": (
        "Escribir también las mallas que mueven los huesos del personaje"
    ),
    "Also write the speech, as a WAV file of the same name that begins with the file": (
        "Escribir también el habla, como archivo WAV del mismo nombre que empieza con el archivo"
    ),
    "As It Is": "Tal como es",
    "Bones that would have been called alike have other names in the file: {bones}": (
        "Los huesos que se llamarían igual tienen otros nombres en el archivo: {bones}"
    ),
    "ask for no hand, or for another gesture": "no pidas ninguna mano, o pide otro gesto",
    "choose another name, or turn on Replace Own Gestures": "elige otro nombre, o activa Reemplazar gestos propios",
    "Deform Bones Only": "Solo huesos deformadores",
    "Download pocketsphinx, which finds English words more finely, after you agree": (
        "Descargar pocketsphinx, que encuentra palabras inglesas con más precisión, si aceptas"
    ),
    "Export Take…": "Exportar toma…",
    "correct --number": "corrige --number",
    "export under another name": "exporta con otro nombre",
    "Facing ahead, with a root bone at the origin; only bones that deform": (
        "Mirando al frente, con un hueso raíz en el origen; solo huesos que deforman"
    ),
    "Few Keys": "Pocos fotogramas clave",
    "Fewest Keys": "El mínimo de fotogramas clave",
    "Filter": "Filtro",
    "Find English Finely": "Buscar el inglés con precisión",
    "For": "Para",
    "Godot": "Godot",
    "How much the takes count over what plays below them": "Cuánto cuentan las tomas sobre lo que se reproduce debajo",
    "In centimetres, Z up, with a root bone at the origin; only bones that deform": (
        "En centímetros, Z hacia arriba, con un hueso raíz en el origen; solo huesos que deforman"
    ),
    "In metres, Y up, with a root bone at the origin; only bones that deform": (
        "En metros, Y hacia arriba, con un hueso raíz en el origen; solo huesos que deforman"
    ),
    "Include": "Incluir",
    "Leave out bones that move no mesh by themselves": "Omitir los huesos que no mueven ninguna malla por sí mismos",
    "Leave out keys where the curves stay within so many degrees; at 0, every frame has its keys": (
        "Omitir claves mientras las curvas no se aparten más de estos grados; con 0, cada fotograma tiene las suyas"
    ),
    "Let the take begin at time 0. Otherwise each frame has the time that it has in the scene": (
        "Dejar que la toma empiece en el tiempo 0. Si no, cada fotograma tiene el tiempo que tiene en la escena"
    ),
    "Lively": "Animado",
    "Look for the words of English texts by pocketsphinx, which Set Up Words has made ready": (
        "Buscar las palabras de textos ingleses con pocketsphinx, que «Preparar palabras» ha instalado"
    ),
    "Many Keys": "Muchos fotogramas clave",
    "Meshes": "Mallas",
    "Name": "Nombre",
    "Natural": "Natural",
    "no action is selected in the Asset Browser": "no hay ninguna acción seleccionada en el navegador de recursos",
    "No gesture is called so": "Ningún gesto se llama así",
    "Of .npz: Z up, as in AMASS, and not Y": "En .npz: Z hacia arriba, como en AMASS, y no Y",
    "of {n}": "de {n}",
    "Page": "Página",
    "Pin an Action of the Asset Browser as a gesture, with its emphasis on the current frame": (
        "Fija una acción del navegador de recursos como gesto, con su énfasis en el fotograma actual"
    ),
    "Replace Own Gestures": "Reemplazar gestos propios",
    "select one there": "selecciona una allí",
    "Set Up Words": "Preparar palabras",
    "Show those alone whose name or meaning has this in it": (
        "Mostrar solo aquellos cuyo nombre o significado contiene esto"
    ),
    "The asset library; that of the selected asset if none is given": (
        "La biblioteca de recursos; si no se indica, la del recurso seleccionado"
    ),
    "What is said and when, as text; when empty, it is not known": (
        "Qué se dice y cuándo, como texto; vacío, no se conoce"
    ),
    "Blender rendered no picture": "Blender no renderizó ninguna imagen",
    "Generate Table…": "Generar tabla…",
    "Generate a take for each line of a table: which recording, said by which character, when and how": (
        "Generar una toma por cada línea de una tabla: qué grabación, dicha por qué personaje, cuándo y cómo"
    ),
    "add one, or leave --final out": "añade una o quita --final",
    "add-on '{name}' is not enabled": "el complemento '{name}' no está activado",
    "Also write the list into a text of this file": "Escribir la lista también en un texto de este archivo",
    "Also write the log to a file, which Open Log shows": (
        "Escribe también el registro en un archivo, que Abrir registro muestra"
    ),
    "Another number gives another performance of the same speech; one that you type is kept": (
        "Otro número da otra interpretación del mismo discurso; el que escribes se conserva"
    ),
    "Another number suggests other gestures for the same words": (
        "Otro número sugiere otros gestos para las mismas palabras"
    ),
    "Another number suggests others; the character's if none is given": (
        "Otro número sugiere otros; el del personaje si no se indica"
    ),
    "Any Style": "Cualquier estilo",
    "Any: {name}": "Cualquiera: {name}",
    "affirm": "afirmar",
    "ahead": "adelante",
    "all": "todos",
    "all of us": "todos nosotros",
    "applause": "aplauso",
    "apply its scale (Ctrl A), or export it as it is": "aplica su escala (Ctrl A) o expórtalo tal como es",
    "Armature to generate gestures for; when empty, the active one, or the only one": (
        "Esqueleto para el que generar gestos; si está vacío, el activo o el único"
    ),
    "Arms": "Brazos",
    "As Text": "Como texto",
    "At most so many for a minute of speech; those of the character if none is given": (
        "Como máximo tantos por minuto de voz; los del personaje si no se indica"
    ),
    "At most so many gestures are suggested for a minute of speech": (
        "Como máximo se sugieren tantos gestos por minuto de voz"
    ),
    "Audio2Gestures {version}": "Audio2Gestures {version}",
    "Automatic": "Automático",
    "Blender's exporter wrote nothing": "el exportador de Blender no escribió nada",
    "Blender's {format} exporter wrote something else than it was given": (
        "el exportador {format} de Blender escribió algo distinto de lo que recibió"
    ),
    "BVH names": "Nombres de BVH",
    "Bake Gestures to Action": "Capturar gestos en acción",
    "Being written, and not on any track yet": "Se está escribiendo y aún no está en ninguna pista",
    "Blender and its engine cannot exchange files ({why})": (
        "Blender y su motor no pueden intercambiar archivos ({why})"
    ),
    "Blender cannot play '{name}' in its sequencer": "Blender no puede reproducir '{name}' en su editor de video",
    "Blender is not allowed to go online": "Blender no tiene permiso para conectarse a internet",
    "Blink": "Parpadeo",
    "Body Parts": "Partes del cuerpo",
    "Bone": "Hueso",
    "Bone that moves as this part of the body; if another row has it, the two exchange theirs": (
        "Hueso que se mueve como esta parte del cuerpo; si lo tiene otra fila, ambas intercambian los suyos"
    ),
    "Bones Presets": "Ajustes de huesos",
    "Both": "Ambas",
    "Both hands, each as the other's mirror if the gesture is one hand's": (
        "Ambas manos, cada una espejo de la otra si el gesto es de una sola"
    ),
    "Busy": "Ocupado",
    "By structure": "Por estructura",
    "Calm": "Calma",
    "Camera": "Cámara",
    "Cancel Generation": "Cancelar generación",
    "Cancel Setup": "Cancelar preparación",
    "Cancelled": "Cancelado",
    "Cancelled: another file was opened": "Cancelado: se abrió otro archivo",
    "Cancelling": "Cancelando",
    "Category": "Categoría",
    "Click in Lane": "Clic en la franja",
    "Click what a lane shows: an accent becomes stronger in the upper half, weaker in the lower one": (
        "Hace clic en lo que muestra una franja: un acento se refuerza en la mitad superior y se"
        " debilita en la inferior"
    ),
    "A frame near the accent; the current one if it is not given": (
        "Un fotograma cercano al acento; si no se indica, el actual"
    ),
    "A step stronger": "Un paso más fuerte",
    "A step weaker": "Un paso más débil",
    "Accent as Heard": "Acento como se oye",
    "Accents": "Acentos",
    "As Heard": "Como se oye",
    "As it was at first": "Como era al principio",
    "Change Accent": "Cambiar acento",
    "How strong the accent becomes": "Cuán fuerte se vuelve el acento",
    "Let the body move around the accent nearest to the current frame as it did at first": (
        "Deja que el cuerpo se mueva como al principio alrededor del acento más cercano al fotograma actual"
    ),
    "Let the body move less around the accent nearest to the current frame": (
        "Deja que el cuerpo se mueva menos alrededor del acento más cercano al fotograma actual"
    ),
    "Let the body move more around the accent nearest to the current frame": (
        "Deja que el cuerpo se mueva más alrededor del acento más cercano al fotograma actual"
    ),
    "Let the body move more or less around the accent nearest to the current frame; the rest of the take stays": (
        "Deja que el cuerpo se mueva más o menos alrededor del acento más cercano al fotograma"
        " actual; el resto de la toma se conserva"
    ),
    "Start at Zero": "Empezar en cero",
    "Strengthen Accent": "Reforzar acento",
    "modifiers give shape keys of '{name}' other corners than the mesh itself": (
        "los modificadores dan a claves de forma de '{name}' otros vértices que a la propia malla"
    ),
    "the nearest are {near}": "los más parecidos son {near}",
    "the table has no line {number}": "la tabla no tiene línea {number}",
    "the text asks with '{word}' on frame {frame} for what cannot be: {why}": (
        "el texto pide en '{word}', en el fotograma {frame}, algo imposible: {why}"
    ),
    "there is a file '{name}' already, where the speech would be written": (
        "ya hay un archivo '{name}' donde se escribiría el habla"
    ),
    "three.js, VRM": "three.js, VRM",
    "Unity Humanoid": "Unity Humanoid",
    "Unreal": "Unreal",
    "Weaken Accent": "Debilitar acento",
    "Stronger": "Más fuerte",
    "Weaker": "Más débil",
    "Phrases": "Frases",
    "What the Action is called; the selected asset if none is given": (
        "Cómo se llama la acción; si no se indica, el recurso seleccionado"
    ),
    "What the program needs that reads the file": "Lo que necesita el programa que lee el archivo",
    "Where to write; its ending says in which format": "Dónde escribir; la extensión indica el formato",
    "Which part of the gestures is shown": "Qué parte de los gestos se muestra",
    "Write all gestures, yours too, into a file of their own, as assets with pictures, for this character's bones": (
        "Escribe todos los gestos, también los tuyos, en un archivo propio, como recursos con imágenes, para "
        "los huesos de este personaje"
    ),
    "Write the playing take to a file of its own: FBX, glTF, USD, BVH, SMPL-X or VRM animation, as its name ends": (
        "Escribir la toma que se reproduce en su propio archivo: FBX, glTF, USD, BVH, SMPL-X o VRM, según la extensión"
    ),
    "Z Up": "Z hacia arriba",
    "turn those modifiers off or apply them, or export without meshes": (
        "desactiva o aplica esos modificadores, o exporta sin mallas"
    ),
    "{number} of {total}": "{number} de {total}",
    "This take was made for another speech: use Update Take": "Esta toma se hizo para otra voz: usa Actualizar toma",
    "Frame": "Fotograma",
    "Change Phrase": "Cambiar frase",
    "Change the playing take while a slider is moved, the frames around the current one first": (
        "Cambia la toma en reproducción mientras se mueve un control, primero los fotogramas cercanos al actual"
    ),
    "Channel": "Canal",
    "Channel of the sequencer whose sound strips this character speaks": (
        "Canal del editor de video cuyos clips de sonido dice este personaje"
    ),
    "Character": "Personaje",
    "Check Setup": "Comprobar instalación",
    "Choose Speech File…": "Elegir archivo de voz…",
    "Choose Style": "Elegir estilo",
    "Choose Take": "Elegir toma",
    "Choose a sound file as the speech, and place it in the sequencer, where it is heard": (
        "Elige un archivo de sonido como voz y lo coloca en el editor de video, donde se oye"
    ),
    "Choose the style in which the character performs, among those of the gesture model": (
        "Elige el estilo de la interpretación entre los del modelo de gestos"
    ),
    "Choose this take in the list": "Elige esta toma en la lista",
    "Choose where the speech's file is now; other missing sounds of the speech are looked for beside it": (
        "Elige dónde está ahora el archivo de voz; los demás sonidos que falten se buscan junto a él"
    ),
    "Clavicle": "Clavícula",
    "Clear Kept Takes": "Borrar tomas guardadas",
    "Combine": "Combinar",
    "Common names": "Nombres comunes",
    "Compare Take": "Comparar toma",
    "Connect Shape Keys": "Conectar claves de forma",
    "Copy Log": "Copiar registro",
    "Copy Problem Report": "Copiar informe de problema",
    "Copy the output of the engine's setup, for a report": (
        "Copia la salida de la preparación del motor, para un informe"
    ),
    "Copy this take to a track of its own, so that it can be changed without losing this one": (
        "Copia esta toma a una pista propia, para poder cambiarla sin perder la original"
    ),
    "Copy this take with fewer keys, on curves that can be edited by hand; it plays instead of this one": (
        "Copia esta toma con menos fotogramas clave, en curvas que se pueden editar a mano; se reproduce "
        "en lugar de esta"
    ),
    "Copy versions, settings and the last lines of the log, without your name and folders, to paste them elsewhere": (
        "Copia versiones, opciones y las últimas líneas del registro, sin su nombre ni sus carpetas, para "
        "pegarlas en otro lugar"
    ),
    "cut it into shorter animations": "divídela en animaciones más cortas",
    "Delete Take": "Borrar toma",
    "Delete the finished takes that are kept for recovery": (
        "Borra las tomas terminadas que se guardan para su recuperación"
    ),
    "Delete the takes that were baked; otherwise they are muted": (
        "Borra las tomas capturadas; de lo contrario, se silencian"
    ),
    "Delete this take; its action stays if something else uses it": (
        "Borra esta toma; su acción permanece si algo más la usa"
    ),
    "Device": "Dispositivo",
    "Device that the GPU engine runs on": "Dispositivo en el que se ejecuta el motor de GPU",
    "Direction": "Dirección",
    "Disconnect Shape Keys": "Desconectar claves de forma",
    "Disk space for finished takes that are kept in case Blender crashes": (
        "Espacio en disco para tomas terminadas, guardadas por si Blender falla"
    ),
    "Do this gesture with the other hand, or with both; its emphasis stays on its frame": (
        "Hacer este gesto con la otra mano o con ambas; su énfasis queda en su fotograma"
    ),
    "Download what NVIDIA graphics cards need; off, a smaller download that uses the CPU": (
        "Descarga lo que necesitan las tarjetas gráficas NVIDIA; si no, una descarga menor que usa la CPU"
    ),
    "Downloading": "Descargando",
    "Draw small pictures of takes, each its action's preview, and of styles, and show them in lists": (
        "Dibujar imágenes pequeñas de tomas (previsualización de su acción) y de estilos, y mostrarlas en listas"
    ),
    "Duplicate Take": "Duplicar toma",
    "asked for in the text": "pedido en el texto",
    "big": "grande",
    "check that it belongs to this recording and is English": (
        "comprueba que corresponde a esta grabación y está en inglés"
    ),
    "chop": "cortar",
    "chop one hand": "cortar con una mano",
    "come": "llamar",
    "come here": "ven aquí",
    "come over": "ven para acá",
    "come wide": "ven, amplio",
    "contrast": "contraste",
    "count": "contar",
    "ask for png instead of mp4": "pide png en lugar de mp4",
    "column '{column}' of a table is for the command line": (
        "la columna '{column}' de una tabla es para la línea de comandos"
    ),
    "correct --only": "corrige --only",
    "correct it": "corrígelo",
    "correct the name, or add it": "corrige el nombre o añádelo",
    "enable it in the Preferences, under Add-ons": "actívalo en las preferencias, en Complementos",
    "Energy": "Energía",
    "Engine": "Motor",
    "Engine Python": "Python del motor",
    "Error": "Error",
    "Errors": "Errores",
    "Everything": "Todo",
    "Exchange left and right in the list of bones": "Intercambia izquierda y derecha en la lista de huesos",
    "Existing Python": "Python existente",
    "Export Bones…": "Exportar huesos…",
    "everything": "todo",
    "export it with all of its bones": "expórtalo con todos sus huesos",
    "export to .npz, or turn Z Up off": "exporta a .npz o desactiva 'Z hacia arriba'",
    "export to another format": "exporta a otro formato",
    "Export…": "Exportar…",
    "Extend Scene": "Extender escena",
    "Eye": "Ojo",
    "Face": "Cara",
    "Fade In": "Fundido entrante",
    "Fade Out": "Fundido saliente",
    "Feet": "Pies",
    "Feet slide by up to {n:.1f} cm": "Los pies se deslizan hasta {n:.1f} cm",
    "Fewer Keys": "Menos fotogramas clave",
    "File": "Archivo",
    "File…": "Archivo…",
    "Fill one side of the list of bones from the other, by the names of the bones": (
        "Rellena un lado de la lista de huesos a partir del otro, según los nombres de los huesos"
    ),
    "Fill the left side from the right one": "Rellenar el lado izquierdo a partir del derecho",
    "Fill the right side from the left one": "Rellenar el lado derecho a partir del izquierdo",
    "Find Speech File…": "Buscar archivo de voz…",
    "Find the words again: in another recording, or after their text changed; suggested gestures follow their words": (
        "Buscar de nuevo las palabras: en otra grabación o tras "
        "cambiar su texto; los gestos sugeridos siguen a sus palabras"
    ),
    "Find when each word is said: from subtitles, a transcript, text strips, markers, or a text in any language": (
        "Averiguar cuándo se dice cada palabra: con subtítulos, una "
        "transcripción, clips de texto, marcadores o un texto en cualquier idioma"
    ),
    "Fingers": "Dedos",
    "Folder: {path}": "Carpeta: {path}",
    "Follow Strength": "Intensidad de seguimiento",
    "Follow the clip with collarbones, arms and wrists": "Seguir el clip con clavículas, brazos y muñecas",
    "Follow the clip with hips, legs and feet": "Seguir el clip con caderas, piernas y pies",
    "Follow the clip with neck, head, jaw and eyes": "Seguir el clip con cuello, cabeza, mandíbula y ojos",
    "Follow the clip with the fingers": "Seguir el clip con los dedos",
    "Follow the clip with the spine": "Seguir el clip con la columna",
    "Following the slider": "Siguiendo el control",
    "Foot": "Pie",
    "For a Graphics Card": "Para una tarjeta gráfica",
    "Forearm": "Antebrazo",
    "Forget Words": "Olvidar palabras",
    "Forget the corrections in the list of bones, and recognise the character's bones anew": (
        "Olvida las correcciones de la lista de huesos y vuelve a reconocer los huesos del personaje"
    ),
    "Forget the corrections in the list of bones?": "¿Olvidar las correcciones de la lista de huesos?",
    "Forget the words of the speech; gestures that were suggested stay": (
        "Olvidar las palabras de la voz; los gestos sugeridos se quedan"
    ),
    "Frame View": "Encuadrar vista",
    "Frame on which the file's speech begins": "Fotograma en el que empieza la voz del archivo",
    "Frames over which the motion goes into this clip, half of them before its start": (
        "Fotogramas en los que el movimiento entra en este clip, la mitad antes de su inicio"
    ),
    "Frames over which the motion goes out of this clip, half of them after its end": (
        "Fotogramas en los que el movimiento sale de este clip, la mitad después de su final"
    ),
    "Frames that you edited were kept: the change is a take of its own": (
        "Se conservaron los fotogramas editados a mano: el cambio es una toma propia"
    ),
    "Frames to move the takes by": "Fotogramas que se desplazan las tomas",
    "Free Memory": "Liberar memoria",
    "From": "Desde",
    "From Name": "Según el nombre",
    "From the Words": "Según las palabras",
    "Generate Gestures performs this seed again; else it takes the next one that has no take": (
        "Generar gestos interpreta de nuevo esta semilla; si no, toma la siguiente que no tiene toma"
    ),
    "Gesture": "Gesto",
    "Gestures of these words are gone, which are not said any more, or where a pin lies: {names}": (
        "Desaparecen los gestos de estas palabras, que ya no se dicen o donde hay un pin: {names}"
    ),
    "Gestures per Minute": "Gestos por minuto",
    "Hand Clearance": "Separación de las manos",
    "Hand of Gesture": "Mano del gesto",
    "Hash: {digest}": "Hash: {digest}",
    "How many jobs wait for the running one to end": "Cuántas tareas esperan a que termine la actual",
    "How much the chosen take counts over what plays below it": (
        "Cuánto cuenta la toma elegida sobre lo que se reproduce debajo"
    ),
    "Influence": "Influencia",
    "it is too long": "es demasiado larga",
    "Keep Seed": "Conservar semilla",
    "Keeps hands and forearms so many centimetres farther from trunk and thighs, for a wide body": (
        "Mantiene manos y antebrazos tantos centímetros más lejos del tronco y los muslos, para un cuerpo ancho"
    ),
    "From slumped at -1 to upright at 1": "De encorvado en -1 a erguido en 1",
    "Gaze Strength": "Fuerza de la mirada",
    "Gaze and Face": "Mirada y rostro",
    "Generate Gestures": "Generar gestos",
    "Generate Gestures for Strip": "Generar gestos para el clip",
    "Generate Idle": "Generar reposo",
    "Generate Listening": "Generar escucha",
    "Generate Next Take": "Generar toma siguiente",
    "Generate a take for every character of the scene: those with a voice speak it, the others listen or stand by": (
        "Genera una toma para cada personaje de la escena: quien tiene voz la habla, los demás escuchan o esperan"
    ),
    "Generate another take of the same speech, with the next seed": (
        "Genera otra toma de la misma voz, con la semilla siguiente"
    ),
    "Generate another take of the same speech; this gesture model makes one motion per speech": (
        "Genera otra toma de la misma voz; este modelo de gestos hace un solo movimiento para cada voz"
    ),
    "Generate for All Characters": "Generar para todos los personajes",
    "Generate gestures for the speech as new takes of the character": (
        "Genera gestos para la voz como tomas nuevas del personaje"
    ),
    "Generate gestures inside Blender from now on; the result is the same": (
        "Genera los gestos dentro de Blender a partir de ahora; el resultado es el mismo"
    ),
    "Generate gestures with the model that came with the add-on from now on; your file stays where it is": (
        "Genera desde ahora los gestos con el modelo que vino con el complemento; el archivo propio queda donde está"
    ),
    "Generate new takes in which the character listens to the others, nods and turns its head to who speaks": (
        "Genera tomas nuevas en las que el personaje escucha a los demás, asiente y vuelve la cabeza hacia quien habla"
    ),
    "Generate new takes in which the character says nothing and stands about, as long as the scene": (
        "Genera tomas nuevas en las que el personaje no dice nada y está de pie, tan largas como la escena"
    ),
    "Generate the playing take again from its stored settings, as a new take": (
        "Genera de nuevo la toma en reproducción a partir de sus opciones guardadas, como toma nueva"
    ),
    "Generated motion follows this clip": "El movimiento generado sigue este clip",
    "Generating": "Generando",
    "Gesture Model": "Modelo de gestos",
    "Gestures": "Gestos",
    "Go back to the phrase's performance before this one": "Vuelve a la interpretación anterior de la frase",
    "Go to Pin": "Ir a la fijación",
    "Graphics Card": "Tarjeta gráfica",
    "Guess Again": "Volver a adivinar",
    "Hand": "Mano",
    "Hands": "Manos",
    "Head": "Cabeza",
    "Hips": "Caderas",
    "How closely the generated motion follows this clip": "Con qué fidelidad el movimiento generado sigue este clip",
    "How far the body moves: 1 is as generated, 2 is twice as far": (
        "Cuánto se mueve el cuerpo: 1 es como se generó, 2 es el doble"
    ),
    "How far the jaw opens as the voice is loud; it is no lip sync": (
        "Cuánto se abre la mandíbula según lo fuerte de la voz; no es sincronización labial"
    ),
    "How far the lids close when the character blinks, which it does about every four seconds": (
        "Cuánto se cierran los párpados cuando el personaje parpadea, más o menos cada cuatro segundos"
    ),
    "How firmly the gaze is held: with less, the character looks away now and then": (
        "Con qué firmeza se mantiene la mirada: con menos, el personaje aparta la vista de vez en cuando"
    ),
    "How many takes one click generates, each with a seed of its own": (
        "Cuántas tomas genera un clic, cada una con su propia semilla"
    ),
    "How much is written to the system console": "Cuánto se escribe en la consola del sistema",
    "How this take was made, as text": "Cómo se hizo esta toma, como texto",
    "How unusual the performance is: 0 is the most typical one, the same for every seed": (
        "Cuán inusual es la interpretación: 0 es la más típica, la misma para toda semilla"
    ),
    "Idle": "Inactivo",
    "Idle Around Speech": "Reposo alrededor de la voz",
    "Import Bones…": "Importar huesos…",
    "Import…": "Importar…",
    "In a process of its own, which Set Up GPU prepares": "En un proceso propio, que Preparar GPU instala",
    "Including the engine's output": "Incluye la salida del motor",
    "Index Finger": "Índice",
    "Inside Blender; needs nothing else": "Dentro de Blender; no necesita nada más",
    "Installing": "Instalando",
    "Jaw": "Mandíbula",
    "Keep Feet Planted": "Mantener los pies en el suelo",
    "Keep the character's active action as an NLA strip, so that it no longer hides the gestures": (
        "Conserva la acción activa del personaje como clip ANL, para que ya no oculte los gestos"
    ),
    "Keep the character's active action on a muted NLA track, so that it no longer plays": (
        "Conserva la acción activa del personaje en una pista ANL silenciada, para que ya no se reproduzca"
    ),
    "Keep the list of bones as a preset, or remove the preset that was chosen last": (
        "Guarda la lista de huesos como un ajuste o elimina el último ajuste elegido"
    ),
    "Keep the performance's settings as a preset, or remove the preset that was chosen last": (
        "Guarda las opciones de la interpretación como un ajuste o elimina el último ajuste elegido"
    ),
    "Keep this pin but do not follow it now": "Conserva esta fijación pero no la sigue por ahora",
    "Key IK controls of hands and feet in the playing take, so that they stay where they are": (
        "Insertar fotogramas clave en los controles IK de manos y pies de la toma en reproducción, "
        "para que sigan donde están"
    ),
    "Kind of error that ended the job": "Tipo de error que terminó el trabajo",
    "Language": "Idioma",
    "Largest error: degrees of bones, hands and feet, and centimetres of where hands and feet are": (
        "Error máximo: grados de huesos, manos y pies, y centímetros de la posición de manos y pies"
    ),
    "Layering": "Superposición",
    "Leave Edit Mode": "Salir del modo Edición",
    "Leave Tweak Mode": "Salir del modo de retoque",
    "Keep hips, legs and feet as they sit in the animation below, and the hands on the thighs or above them": (
        "Dejar caderas, piernas y pies como están sentados en la animación de debajo, y las manos sobre los muslos"
    ),
    "Leave the head to the gestures, and the eyes alone": "Dejar la cabeza a los gestos y no mover los ojos",
    "Left": "Izquierda",
    "Left Arm and Leg": "Brazo y pierna izquierdos",
    "Left Fingers": "Dedos izquierdos",
    "Left alone, as others drive, key or own them: {names}": (
        "No se tocan, porque otros las controlan, animan o poseen: {names}"
    ),
    "Left out, since pins of yours lie there: {names}": "Se omiten, porque ahí hay pines tuyos: {names}",
    "Left out: {names}": "Se omite: {names}",
    "Legs": "Piernas",
    "Length: {n:.1f} s": "Duración: {n:.1f} s",
    "Let all NLA tracks of the character play again, not only the one that plays solo": (
        "Vuelve a reproducir todas las pistas ANL del personaje, no sólo la que está en solo"
    ),
    "Let generated motion no longer follow the selected NLA strips": (
        "El movimiento generado deja de seguir los clips ANL seleccionados"
    ),
    "five": "cinco",
    "four": "cuatro",
    "greet": "saludar",
    "greet small": "saludar, pequeño",
    "hands joined": "manos juntas",
    "here": "aquí",
    "hold on": "espera",
    "however": "sin embargo",
    "huge": "enorme",
    "install one from python.org": "instala uno de python.org",
    "leave it out: the add-on's own way needs nothing": (
        "prescinde de él: el método propio del complemento no necesita nada"
    ),
    "let it end in {endings}": "haz que termine en {endings}",
    "Let new takes last as long as the scene: where nothing is said, the character idles": (
        "Las tomas nuevas duran tanto como la escena: donde no se dice nada, el personaje reposa"
    ),
    "Let only this take play, and mute all others that are not pinned": (
        "Reproduce sólo esta toma y silencia las demás que no estén fijadas"
    ),
    "Let playback skip frames where it is too slow, so that speech and gestures stay together": (
        "Deja que la reproducción salte fotogramas si es lenta, para que voz y gestos sigan juntos"
    ),
    "Let shape keys of the character's meshes follow its takes: a driver each, from numbers on the head's bone": (
        "Hacer que las claves de forma de las mallas del personaje sigan sus tomas: un controlador cada una, "
        "desde números en el hueso de la cabeza"
    ),
    "Let strips on higher tracks no longer hold a pose before or after them, where it hides takes": (
        "Hace que los clips de pistas superiores ya no mantengan una pose antes o después donde oculte tomas"
    ),
    "Let the NLA track of the newest take play again": (
        "Hace que la pista ANL de la toma más reciente se reproduzca de nuevo"
    ),
    "Let the armature show its pose instead of its rest position": (
        "Hace que el esqueleto muestre su pose en lugar de su posición de reposo"
    ),
    "Let the character play its NLA tracks": "Hace que el personaje reproduzca sus pistas ANL",
    "Let the character speak the active strip of the sequencer, and generate gestures for it": (
        "Hace que el personaje diga el clip activo del editor de video y genera gestos para él"
    ),
    "Let the playing takes play once, forwards and at their own speed, as the speech does": (
        "Hace que las tomas activas se reproduzcan una vez, hacia delante y a su propia velocidad, como la voz"
    ),
    "Let the scene play at the speed of its sound: set New to what Old is under Time Stretching": (
        "Hace que la escena vaya a la velocidad de su sonido: en Estiramiento de tiempo, iguala Nuevo a Anterior"
    ),
    "Let this lost pin follow another NLA strip of the character, with the settings it had": (
        "Hace que esta fijación perdida siga otro clip ANL del personaje, con las opciones que tenía"
    ),
    "Let this take play instead of the other takes of the same time": (
        "Reproduce esta toma en lugar de las otras del mismo tiempo"
    ),
    "Licence: {licence}": "Licencia: {licence}",
    "List Suggestions": "Listar sugerencias",
    "List of Bones": "Lista de huesos",
    "Little Finger": "Meñique",
    "Live Update": "Actualización en vivo",
    "Log": "Registro",
    "Log File": "Archivo de registro",
    "Look At": "Mirar a",
    "Look at an object, at another character into the eyes": "Mirar un objeto; a otro personaje, a los ojos",
    "Look at the other character that speaks, or spoke last": "Mirar al otro personaje que habla o habló el último",
    "Look into the camera of the scene, as its markers choose it": (
        "Mirar a la cámara de la escena, según la elijan sus marcadores"
    ),
    "line '{line}' has '{cell}' in column {column}": "la línea '{line}' tiene '{cell}' en la columna {column}",
    "line '{line}' has no sound": "la línea '{line}' no tiene sonido",
    "'{path}' could not be opened": "no se ha podido abrir '{path}'",
    "line '{line}' is played in '{path}', which is not there": (
        "la línea '{line}' se interpreta en '{path}', que no existe"
    ),
    "line '{line}' names no character": "la línea '{line}' no nombra ningún personaje",
    "line '{line}' needs a character '{name}', which is not in the scene": (
        "la línea '{line}' necesita un personaje '{name}', que no está en la escena"
    ),
    "look into the console for what it says": "mira en la consola lo que dice",
    "Made by Generate Gestures": "Hecha con Generar gestos",
    "Made with: {path}": "Hecho con: {path}",
    "Made: {age}": "Creada: {age}",
    "Make Library Override": "Hacer redefinición de biblioteca",
    "Make a library override of the linked character, so that it can be animated here": (
        "Hace una redefinición de biblioteca del personaje vinculado, para poder animarlo aquí"
    ),
    "Make generated motion follow the selected NLA strips of the character": (
        "Hace que el movimiento generado siga los clips ANL seleccionados del personaje"
    ),
    "Make the playing take follow speech, style, sliders and pinned clips as they are now": (
        "Hace que la toma en reproducción siga la voz, el estilo, los controles y los clips fijados tal como están "
        "ahora"
    ),
    "Make the playing take follow the pinned clips; away from them it stays as it is": (
        "Hace que la toma en reproducción siga los clips fijados; lejos de ellos queda como está"
    ),
    "Making a folder for it": "Creando una carpeta",
    "Mark": "Marcar",
    "Mark as Asset": "Marcar como recurso",
    "Mark as Gesture": "Marcar como gesto",
    "Mark this take as one to keep": "Marca esta toma para conservarla",
    "Mark this take as one to keep, or remove the mark": "Marca esta toma para conservarla, o quita la marca",
    "Markers": "Marcadores",
    "Markers of the timeline, each named as what is said there": (
        "Marcadores de la línea de tiempo, cada uno con el nombre de lo que se dice ahí"
    ),
    "Forget Measured Body": "Olvidar el cuerpo medido",
    "Measured Body": "Cuerpo medido",
    "Measure the body that hands keep out of on the character's mesh; Hand Clearance then counts from it, from 0": (
        "Medir en la malla el cuerpo que evitan las manos; la separación cuenta entonces desde él, a partir de 0"
    ),
    "Let hands keep out of a body like that of Add Character again, not of the measured one": (
        "Dejar que las manos eviten de nuevo un cuerpo como el de Añadir personaje, y no el medido"
    ),
    "The body that hands keep out of, as Measure Hand Clearance has found it": (
        "El cuerpo que evitan las manos, tal como lo halló Medir la separación de las manos"
    ),
    "Measured: chest {chest:+.0f}, belly {belly:+.0f}, pelvis {pelvis:+.0f}, thighs {thighs:+.0f} cm": (
        "Medido: pecho {chest:+.0f}, vientre {belly:+.0f}, pelvis {pelvis:+.0f}, muslos {thighs:+.0f} cm"
    ),
    "Measure Hand Clearance": "Medir la separación de las manos",
    "Middle Finger": "Corazón",
    "Mirror": "Reflejar",
    "Mirror Bones": "Reflejar huesos",
    "Mixamo names": "Nombres de Mixamo",
    "Model file to generate with, made by 'a2g train' or 'a2g export'; when empty, the built-in model": (
        "Archivo de modelo con el que generar, hecho por 'a2g train' o 'a2g export'; vacío, el modelo incluido"
    ),
    "Model: {name}": "Modelo: {name}",
    "Move Take Too": "Mover también la toma",
    "Move Take to Top": "Mover toma arriba del todo",
    "Move collarbones, arms and wrists": "Mover clavículas, brazos y muñecas",
    "Move hips, legs and feet": "Mover caderas, piernas y pies",
    "Move neck and head": "Mover cuello y cabeza",
    "Move the 3D View so that the character is seen; a view through a camera stays": (
        "Mueve la vista 3D para que se vea el personaje; una vista desde una cámara se queda"
    ),
    "Move the fingers": "Mover los dedos",
    "Move the hidden take to a track above all others": (
        "Mueve la toma oculta a una pista por encima de todas las demás"
    ),
    "Move the scene's end to where the speech ends, if it lies before that": (
        "Mueve el final de la escena al final de la voz, si está antes"
    ),
    "Move the spine": "Mover la columna",
    "Move the takes to where their speech has been moved": "Mueve las tomas a donde se movió su voz",
    "Mute": "Deshabilitar",
    "Mute Constraints and Drivers": "Deshabilitar restricciones y controladores",
    "Mute the constraints and drivers that turn bones of the chosen body parts, so that the keys alone turn them": (
        "Deshabilita las restricciones y controladores que giran huesos de las partes elegidas, para que "
        "sólo lo hagan las claves"
    ),
    "NLA track '{name}' has no room there for take '{take}'": (
        "la pista ANL '{name}' no tiene sitio allí para la toma '{take}'"
    ),
    "me": "yo",
    "me both hands": "yo con ambas manos",
    "me chest": "yo en el pecho",
    "negate": "negar",
    "no": "no",
    "no Python from 3.11 to 3.14 was found to set up pocketsphinx with": (
        "no se encontró ningún Python de 3.11 a 3.14 para preparar pocketsphinx"
    ),
    "no aside": "no, al lado",
    "name its recording in the column sound": "nombra su grabación en la columna sound",
    "no bone of '{name}' deforms": "ningún hueso de '{name}' deforma",
    "NVIDIA or AMD": "NVIDIA o AMD",
    "Name of the bone; when empty, the row is emptied": "Nombre del hueso; si está vacío, la fila se vacía",
    "Name of the tab in the sidebar": "Nombre de la pestaña en la barra lateral",
    "Name of the take and of its NLA track; when empty, the one that is chosen in the list": (
        "Nombre de la toma y de su pista de NLA; si está vacío, la elegida en la lista"
    ),
    "Neck": "Cuello",
    "Next": "Siguiente",
    "Next Performance of Phrase": "Interpretación siguiente de la frase",
    "No bone of the other side was found for {bones}": "No se encontró ningún hueso del otro lado para {bones}",
    "No gesture fits the words": "Ningún gesto encaja con las palabras",
    "No takes yet: use Generate Gestures": "Aún no hay tomas: usar Generar gestos",
    "Nothing": "Nada",
    "Nothing is downloaded: this Python is tested and used": "No se descarga nada: se prueba y se usa este Python",
    "Number of the NLA track of the take that is chosen in the list; -1 if none is": (
        "Número de la pista de NLA de la toma elegida en la lista; -1 si no hay ninguna"
    ),
    "Number of the pin in the list; -1 is the one that is chosen there": (
        "Número de la fijación en la lista; -1 es la elegida en ella"
    ),
    "Number of the pin in the list; -1 is the selected strips": (
        "Número del pin en la lista; -1 son los clips seleccionados"
    ),
    "Object": "Objeto",
    "Object to look at; it may move": "Objeto que se mira; puede moverse",
    "Of the words, as ISO 639-1 names it, or AUTO; the character's if none is given": (
        "De las palabras, según ISO 639-1, o AUTO; el del personaje si no se indica"
    ),
    "Off, it is no longer offered": "Desactivado, ya no se ofrece",
    "Offer the Actions of the selected strips, or else the active Action, among the gestures, for any character": (
        "Ofrecer entre los gestos las acciones de los clips seleccionados, o la acción activa, para cualquier personaje"
    ),
    "Offered among the gestures that can be placed": "Se ofrece entre los gestos que pueden colocarse",
    "Offset": "Desplazamiento",
    "Open Log": "Abrir registro",
    "Open Manual": "Abrir manual",
    "Open the manual's page about this in the web browser; it is installed with the add-on and works offline": (
        "Abre en el navegador la página del manual sobre esto; está instalada con el complemento y no necesita red"
    ),
    "Out": "Salida",
    "Own list": "Lista propia",
    "Parts of the body that follow this clip": "Partes del cuerpo que siguen este clip",
    "Parts of the body that new takes move; the others keep the animation below": (
        "Partes del cuerpo que mueven las tomas nuevas; las demás conservan la animación inferior"
    ),
    "Parts of the body that the takes move": "Partes del cuerpo que mueven las tomas",
    "Perform in this style": "Interpreta en este estilo",
    "Perform the phrase on the current frame another way; the rest of the take stays": (
        "Interpreta de otro modo la frase del fotograma actual; el resto de la toma queda igual"
    ),
    "Perform the preview range of the timeline anew, with the sliders as they are now; the rest of the take stays": (
        "Interpreta de nuevo el rango de previsualización, con los controles actuales; el resto de la toma queda igual"
    ),
    "Performance Presets": "Ajustes de interpretación",
    "Pick Bone": "Tomar hueso",
    "Pictures": "Imágenes",
    "Pictures of Takes": "Imágenes de las tomas",
    "Pin": "Fijar",
    "Pin Selected Strips": "Fijar clips seleccionados",
    "Pin a gesture that means something, with its emphasis on the current frame; legs and trunk go on as they are": (
        "Fijar un gesto con significado, con su énfasis en el fotograma actual; piernas y tronco siguen como están"
    ),
    "Pin gestures that fit the words, each with its emphasis on its word; pins of your own stay as they are": (
        "Fijar gestos que encajan con las palabras, cada uno con su énfasis en su palabra; tus pines quedan como están"
    ),
    "Pinned": "Fijado",
    "Pinned Clips": "Clips fijados",
    "Place Speech in Sequencer": "Colocar voz en el editor de video",
    "Playback of scene '{name}' now keeps to the sound": "La reproducción de la escena '{name}' ahora sigue al sonido",
    "Posture": "Postura",
    "Prepare a graphics card's engine: download it after you agree, or choose a Python that has torch": (
        "Prepara el motor de una tarjeta gráfica: se descarga con su permiso, o se elige un Python que tenga torch"
    ),
    "Previous": "Anterior",
    "Previous Performance of Phrase": "Interpretación anterior de la frase",
    "Push Down Action": "Empujar acción abajo",
    "Put a bone into a row of the list of bones; if another row has it, the two exchange theirs": (
        "Pone un hueso en una fila de la lista de huesos; si lo tiene otra fila, ambas intercambian los suyos"
    ),
    "Put another gesture in place of this one; its emphasis stays on its frame": (
        "Poner otro gesto en lugar de este; su énfasis queda en su fotograma"
    ),
    "Put feet on the floor and let them slide no more than our own body's, whatever the proportions": (
        "Apoya los pies en el suelo sin que se deslicen más que los del cuerpo propio, con cualquier proporción"
    ),
    "Put the active bone into this row: click a bone in Pose Mode, then click here": (
        "Pone el hueso activo en esta fila: hacer clic en un hueso en modo Pose y luego aquí"
    ),
    "PyTorch and NumPy will be downloaded from their publishers": "PyTorch y NumPy se descargarán de sus editores",
    "Python program of the graphics card's engine; when empty, the one that Set Up GPU made": (
        "Programa Python del motor de la tarjeta gráfica; si está vacío, el que hizo Preparar GPU"
    ),
    "Python program that has torch and numpy; when empty, one is downloaded": (
        "Programa Python que tiene torch y numpy; si está vacío, se descarga uno"
    ),
    "Read Words": "Leer palabras",
    "Read the list of bones from a rig map's file": "Lee la lista de huesos del archivo de un mapa de rig",
    "Reading audio": "Leyendo audio",
    "Ready": "Listo",
    "Recipe": "Receta",
    "Recover Last Take": "Recuperar última toma",
    "Recovery Limit (MB)": "Límite de recuperación (MB)",
    "Regenerate Around Pins": "Regenerar en torno a las fijaciones",
    "Regenerate Gestures": "Regenerar gestos",
    "Regenerate Selected Range": "Regenerar rango seleccionado",
    "Relink Pin": "Revincular fijación",
    "Remove Pin": "Eliminar fijación",
    "Remove Takes": "Eliminar tomas",
    "Remove the drivers and numbers that let shape keys follow the character's takes": (
        "Quitar los controladores y números con que las claves de forma siguen las tomas del personaje"
    ),
    "Remove this pin from the list; its strip, if there is one, stays and is no longer followed": (
        "Elimina esta fijación de la lista; su clip, si lo hay, permanece y ya no se sigue"
    ),
    "Replace": "Reemplazar",
    "Replace With…": "Reemplazar por…",
    "Replace a library that was written before; no other file is ever replaced": (
        "Reemplazar una biblioteca escrita antes; nunca se reemplaza otro archivo"
    ),
    "Replace the animation of the chosen body parts": "Reemplaza la animación de las partes del cuerpo elegidas",
    "no no": "no, no",
    "nod": "asentir",
    "nod twice": "asentir dos veces",
    "offer": "ofrecer",
    "one": "uno",
    "over there": "allí",
    "plea": "súplica",
    "plea high": "súplica alta",
    "pocketsphinx 5.1.1 will be downloaded from PyPI: about {megabytes:.0f} MB": (
        "Se descargará pocketsphinx 5.1.1 de PyPI: unos {megabytes:.0f} MB"
    ),
    "pocketsphinx could not be set up ({why})": "no se pudo preparar pocketsphinx ({why})",
    "pocketsphinx ended with an error ({why})": "pocketsphinx terminó con un error ({why})",
    "pocketsphinx finds no way through the text": "pocketsphinx no logra seguir el texto",
    "pocketsphinx is being set up": "se está preparando pocketsphinx",
    "point": "señalar",
    "praise": "elogio",
    "no line has the id '{name}'": "ninguna línea tiene el id '{name}'",
    "report it with Blender's version": "infórmalo con la versión de Blender",
    "Reproduce Take": "Reproducir toma de nuevo",
    "Reset Take Speed": "Restablecer velocidad de toma",
    "Restart Engine": "Reiniciar motor",
    "Restore Frame Rate": "Restablecer tasa de fotogramas",
    "Restore to the character a take that was finished before Blender crashed": (
        "Devuelve al personaje una toma terminada antes de que Blender fallara"
    ),
    "Right": "Derecha",
    "Right Arm and Leg": "Brazo y pierna derechos",
    "Right Fingers": "Dedos derechos",
    "Rigify deform bones": "Huesos deformantes de Rigify",
    "Rigify metarig": "Metarig de Rigify",
    "Ring Finger": "Anular",
    "Row": "Fila",
    "Row of the list of bones, as the manual names it": "Fila de la lista de huesos, como la llama el manual",
    "Scene '{name}' now ends on frame {frame}, where the speech ends": (
        "La escena '{name}' termina ahora en el fotograma {frame}, donde termina la voz"
    ),
    "Seated": "Sentado",
    "Seed": "Semilla",
    "Seed that this take was made with": "Semilla con la que se hizo esta toma",
    "Seed {seed}": "Semilla {seed}",
    "Seed {seed}, version {version}": "Semilla {seed}, versión {version}",
    "Select the strip of this pin in the NLA editor and go to its first frame": (
        "Selecciona el clip de esta fijación en el editor ANL y va a su primer fotograma"
    ),
    "Set Bone": "Definir hueso",
    "Set Up": "Preparar",
    "Set Up GPU": "Preparar GPU",
    "Set Up GPU…": "Preparar GPU…",
    "Set the scene's frame rate back to the one that the playing take was made for": (
        "Restablece la tasa de fotogramas de la escena a la que se usó para la toma activa"
    ),
    "Shin": "Pantorrilla",
    "Shortcuts": "Atajos",
    "Show Lanes": "Mostrar franjas",
    "Show Pins": "Mostrar fijaciones",
    "Show a copy of the character beside it that plays this take; click again to remove the copy": (
        "Muestra junto al personaje una copia que reproduce esta toma; otro clic la quita"
    ),
    "Show it in the Asset Browser, too": "Mostrarlo también en el navegador de recursos",
    "Show phrases, sound and accents in the NLA editor and the sequencer": (
        "Muestra frases, sonido y acentos en el editor ANL y en el editor de video"
    ),
    "Show pinned strips and their fades in the NLA editor": "Muestra los clips fijados y sus fundidos en el editor ANL",
    "Show the folder of the log file": "Muestra la carpeta del archivo de registro",
    "Show which gestures would be suggested for which words, when and why; nothing is placed": (
        "Mostrar qué gestos se sugerirían para qué palabras, cuándo y por qué; no se coloca nada"
    ),
    "Sidebar Tab": "Pestaña de la barra lateral",
    "Slows the movements down without making them smaller": "Ralentiza los movimientos sin reducirlos",
    "Solo Take": "Toma en solo",
    "Sound file to use": "Archivo de sonido que usar",
    "Sound strip to use; when empty, the selected ones, the active one, or those on the lowest channel": (
        "Clip de sonido que usar; si está vacío, los seleccionados, el activo o los del canal más bajo"
    ),
    "Source": "Origen",
    "Speech": "Voz",
    "Speech: {name}": "Voz: {name}",
    "Speed": "Velocidad",
    "Spine": "Columna",
    "Star": "Estrella",
    "Star Take": "Marcar toma con estrella",
    "Start Frame": "Fotograma inicial",
    "Start the graphics card's engine again": "Inicia de nuevo el motor de la tarjeta gráfica",
    "Starting": "Iniciando",
    "Starting the engine": "Iniciando el motor",
    "Stash Action": "Guardar acción",
    "Steps": "Pasos",
    "Stop generating; nothing is written": "Detiene la generación; no se escribe nada",
    "Stop setting up the engine and remove what was downloaded": (
        "Detiene la preparación del motor y elimina lo descargado"
    ),
    "Stop the graphics card's engine, so that renders have its memory; the next Generate starts it again": (
        "Detiene el motor de la tarjeta gráfica, para que los procesados tengan su memoria; la próxima "
        "generación lo reinicia"
    ),
    "Stop tweaking an NLA strip of the character": "Deja de retocar un clip ANL del personaje",
    "Stopped": "Detenido",
    "Strip": "Clip",
    "Strip to follow; the selected one if none is given": "Clip que seguir; el seleccionado si no se indica ninguno",
    "Style": "Estilo",
    "Style of the gesture model to perform in; when empty, one is drawn with each take": (
        "Estilo del modelo de gestos en que se interpreta; si está vacío, se elige uno al azar para cada toma"
    ),
    "Style: {name}": "Estilo: {name}",
    "Subtitles, a transcript of another program, or a plain text": (
        "Subtítulos, una transcripción de otro programa o un texto simple"
    ),
    "Suggest Again": "Sugerir de nuevo",
    "Suggest Gestures": "Sugerir gestos",
    "Suggest others in place of those that you left as they are; what you moved, changed or deleted stays so": (
        "Sugerir otros en lugar de los que no tocaste; lo que moviste, cambiaste o borraste queda así"
    ),
    "Suggested Gestures": "Gestos sugeridos",
    "Suggestion Seed": "Semilla de sugerencias",
    "Swap Left and Right": "Intercambiar izquierda y derecha",
    "Sync to Audio": "Sincronizar con el audio",
    "Take": "Toma",
    "Take the character out of Edit Mode": "Saca al personaje del modo Edición",
    "Take the keys of IK controls out of the playing take again; its FK keys are as they were": (
        "Quitar de nuevo de la toma en reproducción los fotogramas clave de los controles IK; los "
        "de FK quedan como estaban"
    ),
    "Takes": "Tomas",
    "Target": "Objetivo",
    "Test everything that generating needs, and show what works and what does not": (
        "Prueba todo lo que la generación necesita y muestra qué funciona y qué no"
    ),
    "Testing it": "Probando",
    "Text": "Texto",
    "Text Strips": "Clips de texto",
    "Text of This File": "Texto de este archivo",
    "Text of this file that says what is said": "Texto de este archivo que contiene lo que se dice",
    "Text strips of the sequencer: the selected ones, if any is": (
        "Clips de texto del secuenciador: los seleccionados, si hay alguno"
    ),
    "The GPU of Apple silicon": "La GPU de los chips de Apple",
    "The character has no bones of these names: {bones}": "El personaje no tiene huesos con estos nombres: {bones}",
    "The character's left hand": "La mano izquierda del personaje",
    "The character's right hand": "La mano derecha del personaje",
    "The fastest available device": "El dispositivo más rápido disponible",
    "The language that most of the words are known of": "El idioma del que se conocen más palabras",
    "The line was spoken anew: this is a new take, with the gestures of the one before": (
        "El texto se dijo de nuevo: esta es una toma nueva, con los gestos de la anterior"
    ),
    "The next performance": "La interpretación siguiente",
    "The previous performance": "La interpretación anterior",
    "The processor, in the engine's own process": "El procesador, en el proceso propio del motor",
    "The report was copied: paste it where you ask for help": "Se copió el informe: pegarlo donde se pida ayuda",
    "The side that is right already": "El lado que ya es correcto",
    "The strip of this pin is gone": "El clip de esta fijación ya no existe",
    "right here": "aquí mismo",
    "salute": "saludo militar",
    "shake head": "negar con la cabeza",
    "shake head slowly": "negar despacio con la cabeza",
    "shrug": "encoger hombros",
    "size": "tamaño",
    "stop": "alto",
    "stop aside": "alto, al lado",
    "stop firm": "alto, firme",
    "stop high": "alto, arriba",
    "stop one hand": "alto con una mano",
    "stress": "énfasis",
    "stressed in the text": "acentuado en el texto",
    "sweep away": "barrer",
    "thank": "agradecer",
    "that way": "por allá",
    "see 'blender -c a2g_batch --help'": "mira 'blender -c a2g_batch --help'",
    "see its log: without a display it needs EGL": "mira su registro: sin pantalla necesita EGL",
    "set it on the character, or use 'a2g batch'": "ajústalo en el personaje o usa 'a2g batch'",
    "the arguments cannot be read ({why})": "no se pueden leer los argumentos ({why})",
    "the scene has no camera": "la escena no tiene cámara",
    "the sequencer is left empty": "el secuenciador queda vacío",
    "the take begins before frame 0": "la toma empieza antes del fotograma 0",
    "glTF cannot tell times so late apart": "glTF no puede distinguir tiempos tan tardíos",
    "let the take begin sooner, or at 0": "deja que la toma empiece antes, o en 0",
    "Thigh": "Muslo",
    "this Blender plays no sounds": "este Blender no reproduce sonido",
    "this Blender was built without USD": "este Blender se compiló sin USD",
    "This Computer's CPU": "La CPU de este equipo",
    "This gesture model lacks {controls}": "A este modelo de gestos le falta: {controls}",
    "This gesture model leaves the fingers as they are": "Este modelo de gestos deja los dedos como están",
    "This gesture model makes one motion per speech: another seed changes nothing": (
        "Este modelo de gestos hace un solo movimiento para cada voz: otra semilla no cambia nada"
    ),
    "Thumb": "Pulgar",
    "Time Stretching is off": "el estiramiento de tiempo está desactivado",
    "Time Stretching plays the scene faster or slower than its sound": (
        "el estiramiento de tiempo reproduce la escena más rápido o más lento que su sonido"
    ),
    "Toes": "Dedos del pie",
    "Torso": "Torso",
    "Turn Off Hold": "Desactivar Mantener",
    "Turn Off Solo": "Desactivar solo",
    "Turn Off Time Stretching": "Desactivar estiramiento de tiempo",
    "Turn On NLA": "Activar ANL",
    "Type It…": "Escribirlo…",
    "Type or paste the text": "Escribir o pegar el texto",
    "Unfinished": "Sin terminar",
    "Unity names": "Nombres de Unity",
    "Unknown bones": "Huesos desconocidos",
    "Unmute Track": "Habilitar pista",
    "Unpin Selected Strips": "Soltar clips seleccionados",
    "Unreal names": "Nombres de Unreal",
    "Update Take": "Actualizar toma",
    "Update Words": "Actualizar palabras",
    "Upper Arm": "Brazo superior",
    "Use Bones Preset": "Usar ajuste de huesos",
    "Use Built-in Model": "Usar modelo incluido",
    "Use Pose Position": "Usar posición de pose",
    "three": "tres",
    "throw up hands": "alzar las manos",
    "to the side": "hacia el lado",
    "two": "dos",
    "unsure": "duda",
    "use Set Up Words, or pip install {package}": "usa «Preparar palabras» o pip install {package}",
    "this Blender writes no videos": "este Blender no escribe vídeos",
    "use Start at Zero, or move it": "usa 'Empezar en cero' o muévela",
    "Use Take": "Usar toma",
    "Use This Computer's CPU": "Usar la CPU de este equipo",
    "Use a sound file": "Usar un archivo de sonido",
    "Use every sound strip of a channel of the sequencer": (
        "Usar todos los clips de sonido de un canal del editor de video"
    ),
    "Use sound strips of the sequencer, as they are placed and trimmed there": (
        "Usar clips de sonido del editor de video, tal como están colocados y recortados"
    ),
    "Use this preset as the character's list of bones": "Usa este ajuste como lista de huesos del personaje",
    "VRoid names": "Nombres de VRoid",
    "Variation": "Variación",
    "Warnings": "Advertencias",
    "What generates gestures": "Lo que genera los gestos",
    "What is being done": "Lo que se está haciendo",
    "What is said, in any language": "Lo que se dice, en cualquier idioma",
    "What may be wrong": "Lo que puede estar mal",
    "What new takes do to the animation below them": "Lo que las tomas nuevas hacen con la animación inferior",
    "What the gesture is called, and what it means": "Cómo se llama el gesto y qué significa",
    "What the gesture means; suggestions choose by it": "Qué significa el gesto; las sugerencias eligen por ello",
    "What this gesture means; suggestions choose by it": "Qué significa este gesto; las sugerencias eligen por ello",
    "What went wrong": "Lo que salió mal",
    "Where new takes look: the eyes go there, and the head follows": (
        "Adónde miran las tomas nuevas: los ojos van allí y la cabeza los sigue"
    ),
    "Where the speech comes from": "De dónde viene la voz",
    "Where the text of the speech is": "Dónde está el texto de la voz",
    "Whether a take follows a slider": "Si una toma sigue a un control",
    "Which bone is which part of the body, as text; when empty, it is guessed": (
        "Qué hueso es qué parte del cuerpo, como texto; si está vacío, se adivina"
    ),
    "Which hand does it": "Qué mano lo hace",
    "Which of the kept takes; the last one if none is given": (
        "Cuál de las tomas guardadas; la última si no se indica ninguna"
    ),
    "Which of the phrase's performances": "Cuál de las interpretaciones de la frase",
    "Who Speaks": "Quien habla",
    "Whose words call for gestures": "Cuyas palabras piden gestos",
    "Words": "Palabras",
    "Write Gesture Library…": "Escribir biblioteca de gestos…",
    "Write arms as IK": "Escribir los brazos como IK",
    "Write as FK": "Escribir como FK",
    "Write as IK": "Escribir como IK",
    "Write legs as IK": "Escribir las piernas como IK",
    "Write the change to a take that was generated last": "Escribe el último cambio generado para una toma",
    "Write the list of bones as a rig map's file, for other characters with such bones": (
        "Escribe la lista de huesos como archivo de un mapa de rig, para otros personajes con huesos así"
    ),
    "Write the takes that were generated last as NLA strips of their own": (
        "Escribe las últimas tomas generadas como clips ANL propios"
    ),
    "Write what the character does while takes play into one action, which plays instead of them": (
        "Escribe lo que hace el personaje durante las tomas en una sola acción, que se reproduce en lugar de ellas"
    ),
    "Writing keys": "Escribiendo claves",
    "a character can be added in Object Mode only": "solo se puede agregar un personaje en el modo Objeto",
    "a choice from {start:g} s to {end:g} s is empty": "una elección de {start:g} s a {end:g} s está vacía",
    "a folder cannot be shown without a window": "no se puede mostrar una carpeta sin una ventana",
    "a frame rate of {fps} is out of range": "una tasa de {fps} fotogramas está fuera de rango",
    "a message between Blender and its engine cannot be read ({why})": (
        "no se puede leer un mensaje entre Blender y su motor ({why})"
    ),
    "a message of {n} characters is too long": "un mensaje de {n} caracteres es demasiado largo",
    "a pin's fade of {fade:.2f} s is too long for the speech ({speech:.2f} s)": (
        "un fundido de {fade:.2f} s es demasiado largo para la voz ({speech:.2f} s)"
    ),
    "a pin's fade of {fade} s is out of range": "el fundido de {fade} s de una fijación está fuera de rango",
    "a pin's start is not a number": "el inicio de una fijación no es un número",
    "a pin's strength has {n} values": "la intensidad de una fijación tiene {n} valores",
    "a pin's strength of {strength} is out of range": "la intensidad {strength} de una fijación está fuera de rango",
    "a pinned clip from {start:.2f} s to {end:.2f} s lies outside the speech (0 to {speech:.2f} s)": (
        "un clip fijado de {start:.2f} s a {end:.2f} s está fuera de la voz (0 a {speech:.2f} s)"
    ),
    "a pinned clip has fewer than two frames": "un clip fijado tiene menos de dos fotogramas",
    "a pinned clip has none of the character's joints": "un clip fijado no tiene ninguna articulación del personaje",
    "a pinned clip of {clip:.2f} s is longer than the speech ({speech:.2f} s)": (
        "un clip fijado de {clip:.2f} s es más largo que la voz ({speech:.2f} s)"
    ),
    "a pose to sit in lacks {names}": "a una pose para sentarse le falta {names}",
    "a take with a voice cannot loop": "una toma con voz no puede repetirse en bucle",
    "a time is out of range": "un tiempo está fuera de rango",
    "action '{name}' moves neither an arm nor the head": "la acción '{name}' no mueve ni un brazo ni la cabeza",
    "add a tier of words": "agrega un nivel de palabras",
    "add it to the text": "agrégalo al texto",
    "add one in the sequencer, or choose another source": "añade uno en el secuenciador o elige otro origen",
    "add one in the text editor": "añade uno en el editor de texto",
    "add one there, or choose File under Speech": "agregar uno allí o elegir Archivo en Voz",
    "add one to its action where the gesture is strongest": "añade uno a su acción donde el gesto es más fuerte",
    "add one with M, named as the word that is said there": (
        "añade uno con M, con el nombre de la palabra que se dice ahí"
    ),
    "add one, or look at something else": "añade una o mira otra cosa",
    "add the clip to its NLA, or use Remove Pin": "agregar el clip a su ANL o usar Eliminar fijación",
    "add them to its list of bones": "agrégalos a su lista de huesos",
    "an NLA strip of '{name}' is being tweaked": "se está retocando un clip ANL de '{name}'",
    "an NLA strip of the character is being tweaked": "se está retocando un clip ANL del personaje",
    "an NLA track of '{name}' plays solo": "una pista ANL de '{name}' está en solo",
    "an idle of {seconds:g} s is out of range": "un reposo de {seconds:g} s está fuera de los límites",
    "an unexpected error occurred ({what})": "se produjo un error inesperado ({what})",
    "an unexpected error occurred in the engine ({why})": "se produjo un error inesperado en el motor ({why})",
    "and {n} more": "y {n} más",
    "append the armature that it was made for": "anexa el esqueleto para el que se hizo",
    "ask for frames from {low} to {high}": "pedir fotogramas de {low} a {high}",
    "between {start} and {end} something is said that is not in the text": (
        "entre {start} y {end} se dice algo que no está en el texto"
    ),
    "bone '{bend}' does not lie between '{first}' and '{last}'": "el hueso '{bend}' no está entre '{first}' y '{last}'",
    "bone '{bone}' stands for two joints": "el hueso '{bone}' representa dos articulaciones",
    "bone '{outer}' is above '{inner}', and should be below it": (
        "el hueso '{outer}' está por encima de '{inner}' en la jerarquía, y debería estar por debajo"
    ),
    "bones of the gestures are locked and will be left alone ({bones})": (
        "hay huesos de los gestos bloqueados que se dejarán como están ({bones})"
    ),
    "bones of the list are no longer in the armature and will be left out ({bones})": (
        "hay huesos de la lista que ya no están en el esqueleto y se omitirán ({bones})"
    ),
    "built-in model": "modelo integrado",
    "change it again": "cambiarla otra vez",
    "change the take that it was made from": "cambia la toma de la que se hizo",
    "channel {number} of the sequencer has no sound strip": (
        "el canal {number} del editor de video no tiene clips de sonido"
    ),
    "check that Praat can open it": "comprueba que Praat puede abrirlo",
    "check that it belongs to this recording": "comprueba que pertenece a esta grabación",
    "check that it is a WebVTT file": "comprueba que es un archivo WebVTT",
    "check that it is a subtitle file": "comprueba que es un archivo de subtítulos",
    "check the file": "revisar el archivo",
    "check the file with a JSON editor": "revisar el archivo con un editor de JSON",
    "check the file's times": "comprueba los tiempos del archivo",
    "check the path of the text": "comprueba la ruta del texto",
    "character '{character}' has no voice: {why}": "el personaje '{character}' no tiene voz: {why}",
    "choose File under Speech to place another": "elegir Archivo en Voz para colocar otro",
    "choose a Python program": "elegir un programa Python",
    "choose a Python with torch and numpy, or let Set Up GPU make one": (
        "elegir un Python con torch y numpy, o dejar que Preparar GPU cree uno"
    ),
    "choose a file that exists": "elegir uno que exista",
    "choose a lost one": "elegir una perdida",
    "choose a recording that is not empty": "elegir una grabación que no esté vacía",
    "choose a recording with a voice in it, or turn its level up": "elegir una grabación con una voz, o subir su nivel",
    "choose an Audio2Gestures model in the preferences": "elegir un modelo de Audio2Gestures en las preferencias",
    "choose an Audio2Gestures model, or leave the idle out": (
        "elegir un modelo de Audio2Gestures, o prescindir del reposo"
    ),
    "choose an Audio2Gestures model, or let the character stand": (
        "elige un modelo Audio2Gestures, o deja al personaje de pie"
    ),
    "choose an armature under Character, or use Add Character": (
        "elegir un esqueleto en Personaje o usar Agregar personaje"
    ),
    "choose another Python": "elegir otro Python",
    "choose another bone for it, or have the bones guessed again": (
        "elegir otro hueso para ello, o volver a adivinar los huesos"
    ),
    "choose another file": "elegir otro archivo",
    "choose another folder": "elige otra carpeta",
    "choose another name": "elige otro nombre",
    "choose another one": "elige otro",
    "choose another one and generate again": "elegir otro y generar de nuevo",
    "choose another one for one of them": "elegir otro para una de ellas",
    "choose another one in the preferences, or use the built-in one": (
        "elegir otro en las preferencias o usar el incluido"
    ),
    "choose another one under Speech": "elegir otro en Voz",
    "choose another one under Speech, or none": "elegir otro en Voz, o ninguno",
    "choose another one, or generate a new take": "elegir otra o generar una toma nueva",
    "choose another one, or remove the pin": "elegir otro o eliminar la fijación",
    "choose another place": "elegir otro lugar",
    "choose another pose": "elige otra pose",
    "choose another recording": "elegir otra grabación",
    "choose another scene in the sequencer": "elegir otra escena en el editor de video",
    "choose another seed": "elegir otra semilla",
    "choose at least one above Generate Gestures": "elegir al menos una encima de Generar gestos",
    "choose hands or feet": "elige manos o pies",
    "choose it in the list of bones": "elígelo en la lista de huesos",
    "choose it in the list of bones, or choose another armature": (
        "elegirlo en la lista de huesos, o elegir otro esqueleto"
    ),
    "choose none": "no elegir ninguno",
    "choose one in the list": "elegir una en la lista",
    "choose one in the list of takes": "elegir una en la lista de tomas",
    "choose one of a whole body": "elige una del cuerpo entero",
    "choose one of this file's texts": "elige uno de los textos de este archivo",
    "choose one that ends in .blend": "elige uno que termine en .blend",
    "choose one that exists": "elige una que exista",
    "choose one that has them in the preferences": "elegir en las preferencias uno que los tenga",
    "choose one that it has": "elegir uno que tenga",
    "choose one under Gaze and Face, or look at nothing": "elige uno en Mirada y rostro o no mires nada",
    "choose one under Speech": "elegir uno en Voz",
    "choose other bones for this limb": "elegir otros huesos para esta extremidad",
    "choose others above Generate Gestures": "elegir otras encima de Generar gestos",
    "choose others for them in the list of bones, or use Guess Again": (
        "elige otros para ellos en la lista de huesos, o usa Volver a adivinar"
    ),
    "choose others, or unpin it": "elegir otras o soltarlo",
    "choose some, or mute the pin": "elegir alguna o deshabilitar la fijación",
    "choose that model, or generate a new take": "elegir ese modelo o generar una toma nueva",
    "choose that one in the preferences, or use Generate Gestures for new motion": (
        "elegir ese en las preferencias o usar Generar gestos para un movimiento nuevo"
    ),
    "choose that one under Speech, or use Generate Gestures for a new take": (
        "elegir esa en Voz o usar Generar gestos para una toma nueva"
    ),
    "choose that one under Speech, or use Update Take for a new take with its gestures": (
        "elegir esa en Voz o usar Actualizar toma para una toma nueva con sus gestos"
    ),
    "choose that version's product.safetensors in the preferences, or use Generate Gestures for new motion": (
        "elegir product.safetensors de esa versión en las preferencias, o usar Generar gestos para un movimiento nuevo"
    ),
    "choose the armature of somebody who stands upright at rest": (
        "elegir el esqueleto de alguien que esté de pie en reposo"
    ),
    "choose the speech of another one, or look at something else": "elige el habla de otro o mira otra cosa",
    "choose them in the list of bones": "elígelos en la lista de huesos",
    "click a bone there first": "hacer clic primero en un hueso allí",
    "click one first": "hacer clic primero en uno",
    "click one there": "hacer clic allí en uno",
    "clip '{name}' has animated strip time": "el clip '{name}' se reproduce con un tiempo animado",
    "clip '{name}' has modifiers of its own": "el clip '{name}' tiene modificadores propios",
    "clip '{name}' is added to what lies below it": "el clip '{name}' se suma a lo que hay debajo",
    "clip '{name}' lies in a reversed meta strip": "el clip '{name}' está en un meta-clip invertido",
    "clip '{name}' turns '{bone}', which has no effect while '{property}' of '{switch}' is not {value}": (
        "el clip '{name}' gira '{bone}', sin efecto mientras '{property}' de '{switch}' no sea {value}"
    ),
    "close other programs that use it, or use this computer's CPU": (
        "cerrar otros programas que la usen o usar la CPU de este equipo"
    ),
    "constraints or drivers turn bones of the gestures ({bones})": (
        "hay restricciones o controladores que giran huesos de los gestos ({bones})"
    ),
    "convert it to WAV": "convertirlo a WAV",
    "convert it to WAV, or keep File under Speech": "convertirlo a WAV o mantener Archivo en Voz",
    "correct or remove those frames": "corregir o quitar esos fotogramas",
    "drag a preview range in the timeline with P": "arrastrar un rango de previsualización en la línea de tiempo con P",
    "drag it over the take with P in the timeline": "arrastrarlo sobre la toma con P en la línea de tiempo",
    "drag it over what is said with P in the timeline": "arrastrarlo con P sobre lo que se dice en la línea de tiempo",
    "enough to work with, a second of speech takes {seconds:.2f} s": (
        "se puede trabajar, un segundo de voz tarda {seconds:.2f} s"
    ),
    "every character of the scene is animated already, or hidden": (
        "todos los personajes de la escena ya están animados u ocultos"
    ),
    "exactly one NLA strip of the character must be selected": (
        "no hay exactamente un clip ANL del personaje seleccionado"
    ),
    "exchange them in the list of bones, or choose the bones again": (
        "intercambiarlos en la lista de huesos, o volver a elegir los huesos"
    ),
    "export it again, with a usual one such as 48000 Hz": "exportarlo de nuevo con una habitual, como 48000 Hz",
    "export it with a rest pose that stands upright": "exportarlo con una pose de reposo que esté erguida",
    "export it with its bone lengths": "exportarlo con las longitudes de sus huesos",
    "export it with right-handed axes": "exportarlo con ejes dextrógiros",
    "export the recording again": "exportar de nuevo la grabación",
    "fast enough, a second of speech takes {seconds:.2f} s": (
        "suficientemente rápido, un segundo de voz tarda {seconds:.2f} s"
    ),
    "find it with Find Speech File": "buscarlo con Buscar archivo de voz",
    "find its file there, or make the sound local first": "buscar allí su archivo o convertir antes el sonido en local",
    "frames {first} to {stop} lie outside the speech": "los fotogramas {first} a {stop} están fuera de la voz",
    "free some space": "liberar espacio",
    "free some space on the disk": "liberar espacio en el disco",
    "free some space, or choose an existing Python": "liberar espacio o elegir un Python existente",
    "generate a new one": "generar una nueva",
    "generate a new take": "generar una toma nueva",
    "gestures are being generated": "se están generando gestos",
    "give 0 (loose) to 1 (exact)": "indicar de 0 (suelto) a 1 (exacto)",
    "give 0 to {most:g} seconds": "indicar de 0 a {most:g} segundos",
    "give a clip of somebody who stands upright, with Y up": (
        "indicar un clip de alguien que esté de pie, con Y hacia arriba"
    ),
    "give a clip with animation": "indicar un clip con animación",
    "give a number, or one per frame": "indicar un número, o uno por fotograma",
    "give a second of it": "da un segundo de ella",
    "give a whole body whose joints have the SMPL-X names": (
        "indicar un cuerpo entero cuyas articulaciones tengan los nombres de SMPL-X"
    ),
    "give an npz that says its frames per second there": "indicar un npz que diga ahí sus fotogramas por segundo",
    "give an npz with 'poses' (T, 165) and 'mocap_frame_rate'": (
        "indicar un npz con 'poses' (T, 165) y 'mocap_frame_rate'"
    ),
    "give frames per second, such as 30": "indicar fotogramas por segundo, como 30",
    "give it to one": "asignarlo a una sola",
    "give its start in seconds": "indicar su inicio en segundos",
    "give left, right or both": "da left, right o both",
    "give one of Whisper, WhisperX, Vosk, AWS Transcribe or ElevenLabs, or subtitles": (
        "da uno de Whisper, WhisperX, Vosk, AWS Transcribe o ElevenLabs, o subtítulos"
    ),
    "give one of each per joint": "indicar uno de cada para cada articulación",
    "give one, or one per frame of its clip": "indicar una, o una por fotograma de su clip",
    "give seconds, 0 or more": "indicar segundos, 0 o más",
    "give the 52 or 55 SMPL-X joints": "indicar las 52 o 55 articulaciones de SMPL-X",
    "give the map the name of its file": "dar al mapa el nombre de su archivo",
    "give the text of one recording": "da el texto de una sola grabación",
    "give the text of what is said": "da el texto de lo que se dice",
    "give {kinds}": "da {kinds}",
    "give {known}": "da {known}",
    "go there with Tab": "ir allí con Tab",
    "go to the next one instead": "pasar a la siguiente en su lugar",
    "have the bones guessed again": "volver a adivinar los huesos",
    "hear it again for this model": "escucharla de nuevo para este modelo",
    "install one from python.org, or choose a Python that has torch": (
        "instalar uno de python.org o elegir un Python que tenga torch"
    ),
    "install the add-on again": "instalar de nuevo el complemento",
    "invert the other one to hear both": "invertir la polaridad del otro para oír ambos",
    "it cannot be told what was edited in take '{name}'": "no se puede saber qué se editó en la toma '{name}'",
    "it cannot be told which way is up": "no se puede saber dónde es arriba",
    "it does not begin with WEBVTT": "no empieza por WEBVTT",
    "it has no 'mocap_frame_rate'": "no tiene 'mocap_frame_rate'",
    "it has no 'poses'": "no tiene 'poses'",
    "it has no frames": "no tiene fotogramas",
    "it has no subtitles": "no tiene subtítulos",
    "it is no transcript of a kind that is known": "no es una transcripción de un tipo conocido",
    "it is not JSON, or only a part of it": "no es JSON, o solo una parte",
    "it is not UTF-8 text": "no es texto UTF-8",
    "it is not a TextGrid": "no es un TextGrid",
    "it is not a text": "no es un texto",
    "its feet point backwards in its rest pose": "sus pies apuntan hacia atrás en la pose de reposo",
    "key that property in the clip, or choose other body parts for it": (
        "añadir claves a esa propiedad en el clip, o elegir otras partes del cuerpo"
    ),
    "leave it out of the text if it is not said": "quítalo del texto si no se dice",
    "leave it with Tab": "salir con Tab",
    "leave it with Tab in the NLA editor": "salir con Tab en el editor ANL",
    "left and right are exchanged ('{bone}' lies on the other side)": (
        "izquierda y derecha están intercambiadas ('{bone}' está en el otro lado)"
    ),
    "let it begin earlier or later": "hacer que empiece antes o después",
    "let it end after it starts": "hacer que termine después de empezar",
    "let it end after its start": "hacer que termine después de su inicio",
    "let it end in .blend": "haz que termine en .blend",
    "let it show its pose again": "hacer que vuelva a mostrar su pose",
    "let only an idle loop": "repetir solo un reposo",
    "let them be free first": "libéralas primero",
    "list every parent before its children": "enumerar cada padre antes que sus hijos",
    "list the bones from the hips to the head under 'spine' and 'neck'": (
        "enumerar los huesos de la cadera a la cabeza en 'spine' y 'neck'"
    ),
    "look at the log, or choose an existing Python": "mirar el registro o elegir un Python existente",
    "make a library override of it first": "hacer antes una redefinición de biblioteca",
    "make it local first": "convertirlo antes en local",
    "make the strip longer": "alarga el clip",
    "make the strip longer, or unpin it": "alargar el clip o soltarlo",
    "mark one that does": "marca una que lo haga",
    "move it there or unpin it": "moverlo allí o soltarlo",
    "move its other strips out of the way": "apartar sus otros clips",
    "move the clip onto the speech": "mover el clip sobre la voz",
    "mute it instead": "deshabilitarla en su lugar",
    "mute it, or delete it there": "silenciarla o borrarla allí",
    "mute it, or set its Blending to Replace or Combine": "silenciarlo o poner su Fundido en Reemplazar o Combinar",
    "mute its pin instead": "deshabilitar su fijación en su lugar",
    "mute the pins, or choose an Audio2Gestures model": (
        "deshabilitar las fijaciones o elegir un modelo de Audio2Gestures"
    ),
    "name one to write to": "indicar uno en el que escribir",
    "name them as ARKit does, such as eyeBlinkLeft and jawOpen": (
        "nómbralas como ARKit, por ejemplo eyeBlinkLeft y jawOpen"
    ),
    "no IK controls of this rig are known": "no se conocen controles IK de este rig",
    "no NLA strip of the character is being tweaked": "no se está retocando ningún clip ANL del personaje",
    "no NLA strip of the character is selected": "no hay ningún clip ANL del personaje seleccionado",
    "no NLA track of the character plays solo": "ninguna pista ANL del personaje está en solo",
    "no Python from {oldest} to {newest} was found to set up the engine with": (
        "no se encontró un Python de {oldest} a {newest} para preparar el motor"
    ),
    "no action of the character is selected": "no hay ninguna acción del personaje seleccionada",
    "no armature of this file has the bones of '{name}'": (
        "ningún esqueleto de este archivo tiene los huesos de '{name}'"
    ),
    "no body part is chosen": "no hay ninguna parte del cuerpo elegida",
    "no bone is an eye of this character: its head turns alone": (
        "ningún hueso es un ojo de este personaje: solo gira su cabeza"
    ),
    "no bone is the jaw of this character": "ningún hueso es la mandíbula de este personaje",
    "no bone of '{name}' is active": "ningún hueso de '{name}' está activo",
    "no bone was found for the head": "no se encontró ningún hueso para la cabeza",
    "no bone was found for the hips": "no se encontró ningún hueso para la cadera",
    "no bones were found for an arm": "no se encontraron huesos para un brazo",
    "no character is chosen": "no se eligió ningún personaje",
    "no clip is pinned": "no hay ningún clip fijado",
    "no constraint or driver turns these bones": "ninguna restricción ni controlador gira estos huesos",
    "no file is given": "no se indicó ningún archivo",
    "no file of the speech is missing": "no falta ningún archivo de la voz",
    "no file was named": "no se indicó ningún archivo",
    "no finished take is kept on this computer": "no hay ninguna toma terminada guardada en este equipo",
    "no gesture is selected": "no hay ningún gesto seleccionado",
    "no gesture model": "sin modelo de gestos",
    "no gesture was placed yet": "aún no se colocó ningún gesto",
    "no gesture was suggested yet": "aún no se sugirió ningún gesto",
    "no log file is written": "no se escribe ningún archivo de registro",
    "no marker with words lies over the speech": "ningún marcador con palabras está sobre la voz",
    "no mesh shows how wide the character is": "ninguna malla muestra lo ancho que es el personaje",
    "no object to look at is chosen": "no se ha elegido ningún objeto que mirar",
    "no other character has a voice": "ningún otro personaje tiene voz",
    "no pin is chosen": "no se eligió ninguna fijación",
    "no pin of the character is lost": "ninguna fijación del personaje está perdida",
    "no pinned NLA strip of the character is selected": "no hay ningún clip ANL fijado del personaje seleccionado",
    "no range is selected": "no se seleccionó ningún rango",
    "no shape key follows this character": "ninguna clave de forma sigue a este personaje",
    "no shape key of this character's meshes is known by its name to close the eyes, turn them or open the jaw": (
        "por su nombre, no se reconoce ninguna clave de forma de las mallas de este personaje que cierre los "
        "ojos, los gire o abra la mandíbula"
    ),
    "no speech file is chosen": "no se eligió ningún archivo de voz",
    "no strip with sound is active in the sequencer": "ningún clip con sonido está activo en el editor de video",
    "no take has been generated yet": "aún no se ha generado ninguna toma",
    "no take is chosen": "no se eligió ninguna toma",
    "no take of the character needs this": "ninguna toma del personaje lo necesita",
    "no take of the character plays": "no se reproduce ninguna toma del personaje",
    "no text strip with words lies over the speech": "ningún clip de texto con palabras está sobre la voz",
    "no word lies in what is heard of the speech": "ninguna palabra está en lo que se oye de la voz",
    "nobody stands as it does in its rest pose": "nadie está de pie como en su pose de reposo",
    "none of the chosen body parts can be moved": "ninguna de las partes del cuerpo elegidas se puede mover",
    "nothing was clicked": "no se hizo clic en nada",
    "click an accent in the NLA editor or the sequencer": "haz clic en un acento del editor ANL o del editor de video",
    "an accent is at no time": "un acento no está en ningún momento",
    "an accent's strength of {strength:g} is out of range": (
        "la fuerza de un acento de {strength:g} está fuera del intervalo"
    ),
    "change others there": "cambia otros allí",
    "give seconds from the beginning of the speech": "indica segundos desde el comienzo de la voz",
    "go to one: the lanes of NLA editor and sequencer show them": (
        "ve a uno: las franjas del editor ANL y del editor de video los muestran"
    ),
    "make it stronger": "refuérzalo",
    "make it stronger or weaker": "refuérzalo o debilítalo",
    "no accent is near this frame": "no hay ningún acento cerca de este fotograma",
    "raise Energy for more movement everywhere": "sube Energía para más movimiento en todas partes",
    "this accent is as it is heard": "este acento está como se oye",
    "this accent is as strong as it can be": "este acento es tan fuerte como puede ser",
    "this accent is as weak as it can be": "este acento es tan débil como puede ser",
    "{number} of the accents that you changed are not in this recording": (
        "{number} de los acentos que cambiaste no están en esta grabación"
    ),
    "nothing is being generated": "no se está generando nada",
    "nothing is known of how the character sits": "no se sabe cómo está sentado el personaje",
    "nothing is said in the selected range": "en el rango seleccionado no se dice nada",
    "nothing is said in this take": "en esta toma no se dice nada",
    "now": "ahora",
    "others drive, key or own these shape keys already ({names})": (
        "otros ya controlan, animan o poseen estas claves de forma ({names})"
    ),
    "pin '{name}' comes from the linked file": "la fijación '{name}' viene del archivo vinculado",
    "pin '{name}' is not lost": "la fijación '{name}' no está perdida",
    "pin a clip made for it, or unpin it": "fijar un clip hecho para él, o soltarlo",
    "pin a clip that moves its body": "fijar un clip que mueva su cuerpo",
    "pin a longer clip": "fijar un clip más largo",
    "pinned clip '{name}' has no body part to follow it": "ninguna parte del cuerpo sigue el clip fijado '{name}'",
    "pinned clip '{name}' is shorter than two frames": "el clip fijado '{name}' dura menos de dos fotogramas",
    "pinned clip '{name}' keys rotations of another kind than its bones are set to": (
        "el clip fijado '{name}' anima rotaciones de otro tipo que el de sus huesos"
    ),
    "pinned clip '{name}' lies outside the speech (frames {first} to {last})": (
        "el clip fijado '{name}' está fuera de la voz (fotogramas {first} a {last})"
    ),
    "pinned clip '{name}' turns no bone of the body parts chosen for it": (
        "el clip fijado '{name}' no gira ningún hueso de las partes del cuerpo elegidas para él"
    ),
    "pinned clip '{name}' turns none of the character's bones": (
        "el clip fijado '{name}' no gira ningún hueso del personaje"
    ),
    "pinned clips have changed since this take was made ({names})": (
        "los clips fijados han cambiado desde que se hizo esta toma ({names})"
    ),
    "put back its file '{name}.py', or generate a new take": (
        "volver a poner su archivo «{name}.py» o generar una toma nueva"
    ),
    "raise Variation, choose a longer part, or use another seed": (
        "subir Variación, elegir una parte más larga o usar otra semilla"
    ),
    "read docs/manual in the add-on's repository": "leer docs/manual en el repositorio del complemento",
    "remove them from the strip": "eliminarlos del clip",
    "remove them from the take first": "quítalos antes de la toma",
    "report this as a bug": "informar de esto como un error",
    "reset its scale, repeat and reversal in the NLA editor": (
        "restablecer su escala, repetición e inversión en el editor ANL"
    ),
    "restart it, or use this computer's CPU": "reiniciarlo o usar la CPU de este equipo",
    "restart the engine": "reiniciar el motor",
    "reverse the clip itself": "invertir el propio clip",
    "rig map '{file}' cannot be read ({reason})": "no se puede leer el mapa de rig '{file}' ({reason})",
    "rig map '{file}' cannot be read as JSON ({reason})": (
        "no se puede leer el mapa de rig '{file}' como JSON ({reason})"
    ),
    "rig map '{file}' gives bone '{bone}' to '{first}' and '{second}'": (
        "el mapa de rig '{file}' asigna el hueso '{bone}' a '{first}' y '{second}'"
    ),
    "rig map '{file}' has '{joint}' under '{key}'": "el mapa de rig '{file}' tiene '{joint}' en '{key}'",
    "rig map '{file}' has format {format}": "el mapa de rig '{file}' tiene el formato {format}",
    "rig map '{file}' has no valid '{key}'": "el mapa de rig '{file}' no tiene un '{key}' válido",
    "rig map '{file}' has the unknown joint '{joint}' under '{key}'": (
        "el mapa de rig '{file}' tiene la articulación desconocida '{joint}' en '{key}'"
    ),
    "rig map '{file}' has the unknown key '{key}'": "el mapa de rig '{file}' tiene la clave desconocida '{key}'",
    "rig map '{file}' is named '{name}' inside": "el mapa de rig '{file}' se llama '{name}' por dentro",
    "rig map '{file}' is too large": "el mapa de rig '{file}' es demasiado grande",
    "save it as UTF-8": "guárdalo como UTF-8",
    "see 'Rig maps' in the manual": "ver 'Rig maps' en el manual",
    "select NLA strips of it and use Pin Selected Strips": (
        "seleccionar clips ANL suyos y usar Fijar clips seleccionados"
    ),
    "select NLA strips of the character and use Pin Selected Strips": (
        "seleccionar clips ANL del personaje y usar Fijar clips seleccionados"
    ),
    "select one in the NLA editor": "seleccionar uno en el editor ANL",
    "select one that plays an action": "seleccionar uno que reproduzca una acción",
    "select strips of it in the NLA editor, or key a gesture": (
        "selecciona clips suyos en el editor de ANL o anima un gesto"
    ),
    "select the one to follow": "seleccionar el que se debe seguir",
    "select the strip of one in the NLA editor": "selecciona el clip de uno en el editor de ANL",
    "the armature has no arms to measure a body by": "el esqueleto no tiene brazos con los que medir un cuerpo",
    "choose their bones in the list of bones": "elegir sus huesos en la lista de huesos",
    "the body of the character was not measured": "el cuerpo del personaje no se ha medido",
    "the measured body of the character cannot be read": "el cuerpo medido del personaje no se puede leer",
    "use Measure Hand Clearance": "usar Medir la separación de las manos",
    "set Hand Clearance yourself": "ajusta la separación de las manos",
    "set its Blending to Replace": "poner su Fundido en Reemplazar",
    "set the bones to that Rotation Mode, or use Generate Gestures for a new take": (
        "poner los huesos en ese modo de rotación o usar Generar gestos para una toma nueva"
    ),
    "set the bones to the Rotation Mode that it was keyed in, or unpin it": (
        "poner los huesos en el modo de rotación en que se animó, o soltarlo"
    ),
    "set the scene's frame rate back, or use Generate Gestures for a new take": (
        "restablecer la tasa de fotogramas de la escena o usar Generar gestos para una toma nueva"
    ),
    "set the scene's frame rate to that, or choose another take": (
        "poner esa tasa de fotogramas en la escena o elegir otra toma"
    ),
    "set them back, or choose an Audio2Gestures model": "restablecerlos o elegir un modelo de Audio2Gestures",
    "shorten the fade": "acortar el fundido",
    "slow, a second of speech takes {seconds:.1f} s; sliders will follow late": (
        "lento, un segundo de voz tarda {seconds:.1f} s; los controles responderán tarde"
    ),
    "sound '{name}' is linked from another file": "el sonido '{name}' está vinculado desde otro archivo",
    "sound strip '{name}' has no sound": "el clip de sonido '{name}' no tiene sonido",
    "sound strip '{name}' is muted or hidden by its meta strip": (
        "el clip de sonido '{name}' está silenciado u oculto por su meta-clip"
    ),
    "sound strip '{name}' is retimed in a way that cannot be followed": (
        "el clip de sonido '{name}' cambia de velocidad de un modo que no se puede seguir"
    ),
    "speech '{name}' is {now} frames long, but its take was made for {then}": (
        "la voz '{name}' dura {now} fotogramas, pero su toma se hizo para {then}"
    ),
    "strip '{name}' has no pose marker '{marker}'": "el clip '{name}' no tiene el marcador de pose '{marker}'",
    "strip '{name}' is pinned already": "el clip '{name}' ya está fijado",
    "strip '{name}' lies in a meta strip": "el clip '{name}' está dentro de un metaclip",
    "strip '{name}' plays in a way that cannot be baked (only plain strips that replace or combine can)": (
        "el clip '{name}' se reproduce de un modo que no se puede capturar (sólo los simples que reemplazan o combinan)"
    ),
    "strip '{strip}' holds its pose (Extrapolation: Hold) over take '{name}' and hides it": (
        "el clip '{strip}' mantiene su pose (Extrapolación: Mantener) sobre la toma '{name}' y la oculta"
    ),
    "strip '{strip}' lies over all of take '{name}' and hides it": (
        "el clip '{strip}' está sobre toda la toma '{name}' y la oculta"
    ),
    "take '{name}' does not play at its own speed": "la toma '{name}' no se reproduce a su propia velocidad",
    "take '{name}' has fewer keys, to be edited by hand": (
        "la toma '{name}' tiene menos fotogramas clave, para editarla a mano"
    ),
    "take '{name}' holds keys of your own on '{bone}'": "la toma '{name}' contiene fotogramas clave tuyos en '{bone}'",
    "take '{name}' is combined with what lies below it, which IK controls cannot be": (
        "la toma '{name}' se combina con lo que hay debajo, y con controles IK eso no es posible"
    ),
    "take '{name}' is linked from another file": "la toma '{name}' está vinculada desde otro archivo",
    "take '{name}' is not written as IK": "la toma '{name}' no está escrita como IK",
    "take '{name}' is written as IK, and can be changed as FK only": (
        "la toma '{name}' está escrita como IK y solo puede cambiarse como FK"
    ),
    "take '{name}' keys none of the limbs chosen whose IK controls are known": (
        "la toma '{name}' no anima ninguna de las extremidades elegidas cuyos controles IK se conocen"
    ),
    "take it out of there first": "sácalo de ahí primero",
    "the NLA of '{name}' is turned off": "la ANL de '{name}' está desactivada",
    "the NLA of the character is on": "la ANL del personaje está activada",
    "the NLA track of take '{name}' is muted": "la pista ANL de la toma '{name}' está deshabilitada",
    "the TextGrid has no tier with words": "el TextGrid no tiene un nivel con palabras",
    "no word of the text is heard": "no se oye ninguna palabra del texto",
    "the action of '{name}' is linked from another file": "la acción de '{name}' está vinculada desde otro archivo",
    "the active action '{name}' would hide the gestures": "la acción activa '{name}' ocultaría los gestos",
    "the body does not rise from the hips ('{pelvis}') to the head ('{head}')": (
        "el cuerpo no se alza de la cadera ('{pelvis}') a la cabeza ('{head}')"
    ),
    "the built-in gesture model is used already": "ya se usa el modelo de gestos incluido",
    "the channels of '{name}' cancel each other out, so that only the loudest one is heard": (
        "los canales de '{name}' se anulan entre sí, así que solo se oye el más fuerte"
    ),
    "the character has an active action, which the baked one would replace": (
        "el personaje tiene una acción activa, que la capturada reemplazaría"
    ),
    "the character has no active action": "el personaje no tiene acción activa",
    "the character has no bones for '{name}'": "el personaje no tiene huesos para '{name}'",
    "the character has no pin": "el personaje no tiene fijaciones",
    "the character has no strip without a pin": "el personaje no tiene clips sin fijación",
    "the character has no take": "el personaje no tiene tomas",
    "the character has no take '{name}'": "el personaje no tiene ninguna toma '{name}'",
    "the character is not in Edit Mode": "el personaje no está en modo Edición",
    "the character is not in Rest Position": "el personaje no está en posición de reposo",
    "the character is not linked from another file": "el personaje no está vinculado desde otro archivo",
    "the character was deleted meanwhile": "el personaje se borró entretanto",
    "the character's list of bones cannot be read ({why})": "no se puede leer la lista de huesos del personaje ({why})",
    "the disk has {free:.1f} GB of free space and the engine needs {size:.1f} GB": (
        "el disco tiene {free:.1f} GB libres y el motor necesita {size:.1f} GB"
    ),
    "the emphasis of '{name}' is cut off": "el énfasis de '{name}' está recortado",
    "the engine and the add-on have different versions": "el motor y el complemento son de versiones distintas",
    "the engine could not be set up ({why})": "no se pudo preparar el motor ({why})",
    "the engine does not answer": "el motor no responde",
    "the engine is being set up": "se está preparando el motor",
    "the engine is not being set up": "no se está preparando el motor",
    "the engine is not running": "el motor no está en marcha",
    "the engine reported an error that cannot be read": "el motor informó de un error que no se puede leer",
    "the engine stopped (status {status})": "el motor se detuvo (estado {status})",
    "the engine stopped ({why})": "el motor se detuvo ({why})",
    "the engine was killed, perhaps because memory ran out": (
        "el motor se terminó desde fuera, quizá por falta de memoria"
    ),
    "the engine's Python '{path}' cannot be started ({why})": (
        "no se puede iniciar el Python '{path}' del motor ({why})"
    ),
    "the engine's Python '{path}' is missing": "falta el Python '{path}' del motor",
    "the engine's Python cannot load torch ({why})": "el Python del motor no puede cargar torch ({why})",
    "the file '{name}' between Blender and its engine cannot be read ({why})": (
        "no se puede leer el archivo '{name}' entre Blender y su motor ({why})"
    ),
    "the file of sound strip '{name}' is missing ('{path}')": "falta el archivo del clip de sonido '{name}' ('{path}')",
    "the folder '{path}' cannot be written ({why})": "no se puede escribir en la carpeta '{path}' ({why})",
    "the gesture model '{name}' makes 2-D key points, not body motion": (
        "el modelo de gestos '{name}' genera puntos 2D, no movimiento corporal"
    ),
    "the gesture model cannot be used ({why})": "el modelo de gestos no se puede usar ({why})",
    "the gesture model is missing": "falta el modelo de gestos",
    "the graphics card has too little free memory": "la tarjeta gráfica tiene muy poca memoria libre",
    "the graphics card's engine is not set up": "el motor de la tarjeta gráfica no está preparado",
    "the header of '{name}' is damaged": "la cabecera de '{name}' está dañada",
    "the kept take is damaged": "la toma guardada está dañada",
    "the kept take is for a body that this version does not know ({names})": (
        "la toma guardada es para un cuerpo que esta versión no conoce ({names})"
    ),
    "the kept take was made by a newer version of Audio2Gestures": (
        "la toma guardada es de una versión más nueva de Audio2Gestures"
    ),
    "the kept take was made for {made:g} frames per second, but the scene plays {now:g}": (
        "la toma guardada se hizo para {made:g} fotogramas por segundo y la escena usa {now:g}"
    ),
    "the list of bones has no row '{row}'": "la lista de huesos no tiene ninguna fila '{row}'",
    "the list of bones names '{bone}', which the armature does not have": (
        "la lista de huesos nombra '{bone}', que el esqueleto no tiene"
    ),
    "the list of bones was not corrected": "la lista de huesos no se ha corregido",
    "the manual is not installed": "el manual no está instalado",
    "the motion contains values that are not finite": "el movimiento contiene valores que no son finitos",
    "the motion diverged by frame {frame}": "el movimiento divergió antes del fotograma {frame}",
    "the plan of a performance is damaged": "el plan de una interpretación está dañado",
    "the plan of this take was made with another model": "el plan de esta toma se hizo con otro modelo",
    "this take does not know everybody who takes part by now ({names})": (
        "esta toma no conoce a todos los que participan ahora ({names})"
    ),
    "the scene has become longer than the idle of this take": (
        "la escena se ha vuelto más larga que el reposo de esta toma"
    ),
    "the scene has no camera to look at": "la escena no tiene ninguna cámara a la que mirar",
    "the scene's range is empty": "el rango de la escena está vacío",
    "the selected range lies outside the take": "el rango seleccionado está fuera de la toma",
    "the sequencer has no sound strip": "el editor de video no tiene clips de sonido",
    "the sequencer has no sound strip '{name}'": "el editor de video no tiene ningún clip de sonido '{name}'",
    "the sequencer's scene '{name}' is linked from another file": (
        "la escena '{name}' del editor de video está vinculada desde otro archivo"
    ),
    "the skeleton has no fingers to make key points of": "el esqueleto no tiene dedos para formar puntos clave",
    "the skeleton's joints are out of order": "las articulaciones del esqueleto están desordenadas",
    "the skeleton's names, parents and offsets differ in length": (
        "los nombres, padres y desplazamientos del esqueleto difieren en cantidad"
    ),
    "the speech contains samples that are not finite or far too large": (
        "la voz contiene valores que no son finitos o son demasiado grandes"
    ),
    "the speech has no samples": "la voz no contiene sonido",
    "the speech is in the sequencer already": "la voz ya está en el editor de video",
    "the speech is not the one that this take was made for ('{name}')": (
        "la voz no es aquella para la que se hizo esta toma ('{name}')"
    ),
    "the speech is silent": "la voz está en silencio",
    "the speech lies outside Blender's timeline (frames {first} to {last})": (
        "la voz queda fuera de la línea de tiempo de Blender (fotogramas {first} a {last})"
    ),
    "the speech was heard at {heard:g} frames per second, but this model works at {model:g}": (
        "la voz se escuchó a {heard:g} fotogramas por segundo y este modelo trabaja a {model:g}"
    ),
    "the speech was moved to frame {now}, but take '{name}' begins on frame {then}": (
        "la voz se movió al fotograma {now}, pero la toma '{name}' empieza en el fotograma {then}"
    ),
    "the strip of this pin is gone": "el clip de esta fijación ya no existe",
    "the take keys rotations of another kind than its bones are set to ({bones})": (
        "la toma anima rotaciones de otro tipo que el de sus huesos ({bones})"
    ),
    "the take was deleted meanwhile": "la toma se borró entretanto",
    "the take was edited meanwhile": "la toma se editó entretanto",
    "the text does not seem to be what is said": "el texto no parece ser lo que se dice",
    "the text has no words": "el texto no tiene palabras",
    "the text is too long for the speech": "el texto es demasiado largo para la voz",
    "the words are those of another recording": "las palabras son de otra grabación",
    "the words of the speech are not known": "no se conocen las palabras de la voz",
    "there is no character in the scene": "no hay ningún personaje en la escena",
    "there is no file '{path}'": "no existe el archivo '{path}'",
    "there is no folder '{path}'": "no existe la carpeta '{path}'",
    "there is no gesture '{name}'": "no existe el gesto '{name}'",
    "there is no gesture model '{path}'": "no existe el modelo de gestos '{path}'",
    "there is no lexicon of '{language}'": "no hay un léxico de '{language}'",
    "there is no log": "no hay registro",
    "there is no memory to free": "no hay memoria que liberar",
    "there is no text '{path}'": "no hay ningún texto '{path}'",
    "there is nothing to cancel": "no hay nada que cancelar",
    "there is nothing to change": "no hay nada que cambiar",
    "there is nothing to find": "no hay nada que buscar",
    "there is nothing to forget": "no hay nada que olvidar",
    "there is nothing to leave": "no hay nada de donde salir",
    "there is nothing to move to the NLA": "no hay nada que llevar a la ANL",
    "there is nothing to mute": "no hay nada que deshabilitar",
    "there is nothing to override": "no hay nada que redefinir",
    "there is nothing to relink": "no hay nada que revincular",
    "there is nothing to restart": "no hay nada que reiniciar",
    "there is nothing to turn off": "no hay nada que desactivar",
    "there is nothing to turn on": "no hay nada que activar",
    "this computer's CPU generates gestures": "la CPU de este equipo genera los gestos",
    "this computer's CPU generates gestures already": "la CPU de este equipo ya genera los gestos",
    "this file has no text": "este archivo no tiene ningún texto",
    "this is the phrase's first performance": "esta es la primera interpretación de la frase",
    "this model cannot follow pinned clips": "este modelo no puede seguir clips fijados",
    "this model cannot idle": "este modelo no sabe reposar",
    "this model cannot regenerate a part of a take": "este modelo no puede regenerar una parte de una toma",
    "this model cannot sit": "este modelo no sabe sentarse",
    "this model has no style '{style}'": "este modelo no tiene el estilo '{style}'",
    "this model has no styles": "este modelo no tiene estilos",
    "this model lacks the controls {names}": "a este modelo le faltan los controles {names}",
    "this model makes 2-D key points, not the motion of a skeleton": (
        "este modelo genera puntos 2D, no el movimiento de un esqueleto"
    ),
    "this part of the take has no other performance": "esta parte de la toma no tiene otra interpretación",
    "this take follows its pins as an earlier version did, with all of the body": (
        "esta toma sigue sus clips fijados como una versión anterior, con todo el cuerpo"
    ),
    "this take has no record of how it was made": "esta toma no guarda cómo se hizo",
    "this take is no longer kept": "esta toma ya no se conserva",
    "this take was edited by hand": "esta toma se editó a mano",
    "this take was made by a newer version of Audio2Gestures": (
        "esta toma es de una versión más nueva de Audio2Gestures"
    ),
    "this take was made for {made:g} frames per second, but the scene plays {now:g}": (
        "esta toma se hizo para {made:g} fotogramas por segundo y la escena usa {now:g}"
    ),
    "this take was made with another gesture model ('{name}')": (
        "esta toma se hizo con otro modelo de gestos ('{name}')"
    ),
    "this take was made with the slider '{name}', which is not installed": (
        "esta toma se hizo con el control '{name}', que no está instalado"
    ),
    "this version reads 1 to {newest}; update Audio2Gestures": (
        "esta versión lee de 1 a {newest}; actualizar Audio2Gestures"
    ),
    "trim the clip": "recortar el clip",
    "turn it on in the NLA editor": "activarla en el editor ANL",
    "turn off its Animated Strip Time": "desactivar Animar tiempo del clip",
    "turn off its star in the NLA editor": "desactivar su estrella en el editor ANL",
    "turn on Log File in the preferences, or use Copy Problem Report": (
        "activar Archivo de registro en las preferencias o usar Copiar informe de problema"
    ),
    "turn on Preferences > System > Network > Allow Online Access, or choose an existing Python": (
        "permitir el acceso a internet en Preferencias > Sistema > Red, o elegir un Python existente"
    ),
    "two joints of the skeleton are in the same place": "dos articulaciones del esqueleto están en el mismo lugar",
    "undo their changes, or use Generate Gestures for a new take": (
        "deshacer sus cambios o usar Generar gestos para una toma nueva"
    ),
    "unlock their rotation in the sidebar, unless it is meant": (
        "desbloquear su rotación en la barra lateral, a menos que sea intencionado"
    ),
    "unmute it and its channel, or choose another one": "habilitarlo junto con su canal o elegir otro",
    "update the add-on": "actualizar el complemento",
    "use Add Character": "usar Agregar personaje",
    "use Add Gesture at Playhead": "usa «Añadir gesto en el cabezal»",
    "use Bake Gestures to Action": "usa Capturar gestos en acción",
    "use Choose Style, or choose the model that has it in the preferences": (
        "usar Elegir estilo o elegir en las preferencias el modelo que lo tiene"
    ),
    "use Connect Shape Keys first": "usa primero Conectar claves de forma",
    "use Copy Problem Report": "usar Copiar informe de problema",
    "use Copy Problem Report instead": "usar en su lugar Copiar informe de problema",
    "use Find Speech File": "usar Buscar archivo de voz",
    "use Find Speech File, or choose another": "usar Buscar archivo de voz o elegir otro",
    "use Generate Gestures": "usar Generar gestos",
    "use Generate Gestures again": "usar Generar gestos de nuevo",
    "use Generate Gestures for a new one": "usar Generar gestos para una nueva",
    "use Generate Gestures for a new take, or choose an Audio2Gestures model": (
        "usar Generar gestos para una toma nueva o elegir un modelo de Audio2Gestures"
    ),
    "use Generate Gestures, or unmute a take": "usar Generar gestos o habilitar una toma",
    "use Generate Idle for one of them": "usar Generar reposo para uno de ellos",
    "use Generate Idle or Generate Listening for another one": "usar Generar reposo o Generar escucha para otra",
    "use Leave Tweak Mode": "usar Salir del modo de retoque",
    "use Move Take Too, or move the speech back": "usar Mover también la toma o devolver la voz a su sitio",
    "use Move Take to Top, or mute it": "usar Mover toma arriba del todo o deshabilitar el clip",
    "use Mute Constraints and Drivers, unless they are meant to": (
        "usar Deshabilitar restricciones y controladores si no es lo deseado"
    ),
    "use Object > Library Override > Make, or append it instead": (
        "usar Objeto > Redefinición de biblioteca > Hacer, o anexarlo en su lugar"
    ),
    "use Push Down Action first": "usar antes Empujar acción abajo",
    "use Push Down Action to keep it as an NLA strip": "usar Empujar acción abajo para conservarla como clip ANL",
    "use Read Words": "usa «Leer palabras»",
    "use Relink Pin or Remove Pin": "usar Revincular fijación o Eliminar fijación",
    "use Set Up GPU again": "usar Preparar GPU de nuevo",
    "use Set Up GPU first": "usar antes Preparar GPU",
    "use Set Up GPU, or choose another Python": "usar Preparar GPU o elegir otro Python",
    "use Set Up GPU, or this computer's CPU": "usar Preparar GPU o la CPU de este equipo",
    "use Strip > Retiming > Reset Retiming, or render the sound to a file and use that": (
        "usar Clip > Cambiar velocidad > Restablecer, o exportar el sonido a un archivo y usarlo"
    ),
    "use Suggest Gestures": "usa «Sugerir gestos»",
    "use Turn Off Hold or Move Take to Top": "usar Desactivar Mantener o Mover toma arriba del todo",
    "use Turn Off Time Stretching": "usar Desactivar estiramiento de tiempo",
    "use Unmute Track": "usar Habilitar pista",
    "use Update Take first, or generate a new take": "usar primero Actualizar toma o generar una toma nueva",
    "use Update Take for a changed copy of it": "usar Actualizar toma para una copia cambiada",
    "use Update Take, so that the character looks at them too": (
        "usar Actualizar toma para que el personaje los mire también"
    ),
    "use Update Take for a new take with its gestures": "usar Actualizar toma para una toma nueva con sus gestos",
    "use Update Words": "usa «Actualizar palabras»",
    "use Update Words, or untrim its strip": "usa «Actualizar palabras» o vuelve a alargar su clip",
    "use Use Built-in Model in the preferences, or Generate Gestures for new motion": (
        "usar Usar modelo incluido en las preferencias, o Generar gestos para un movimiento nuevo"
    ),
    "use Write as FK, change it, and write it as IK again": (
        "usar «Escribir como FK», cambiarla y volver a escribirla como IK"
    ),
    "use Write as IK": "usar «Escribir como IK»",
    "use a Rigify character, or a rig map that names them under 'ik'": (
        "usa un personaje de Rigify o un mapa de rig que los nombre en 'ik'"
    ),
    "use generate_channels, or a 3-D model": "usar generate_channels o un modelo 3D",
    "use one of: {styles}": "usar uno de estos: {styles}",
    "use one that the manual names": "usar una de las que nombra el manual",
    "use only {keys}": "usar solo {keys}",
    "use the names of SMPL-X joints": "usar los nombres de las articulaciones de SMPL-X",
    "use values from {low:g} to {high:g}": "usar valores de {low:g} a {high:g}",
    "wait": "espera",
    "wait, or cancel": "esperar o cancelar",
    "wave": "agitar la mano",
    "wave big": "agitar amplio",
    "wave friendly": "agitar amable",
    "wave high": "agitar en alto",
    "wave lively": "agitar animado",
    "wave long": "agitar largo",
    "wave off": "descartar",
    "wave off low": "descartar abajo",
    "wave off one hand": "descartar con una mano",
    "wave off wide": "descartar amplio",
    "we": "nosotros",
    "which way is left cannot be told without 'left_hip' and 'right_hip'": (
        "sin 'left_hip' y 'right_hip' no se puede saber dónde es la izquierda"
    ),
    "which way is up cannot be told without 'spine3', 'neck' or 'head'": (
        "sin 'spine3', 'neck' o 'head' no se puede saber dónde es arriba"
    ),
    "words are found without it, too": "las palabras se encuentran también sin él",
    "write it again": "escríbelo de nuevo",
    "you": "tú",
    "you both hands": "tú con ambas manos",
    "you point": "señalarte",
    "write a number": "escribe un número",
    "write a whole number": "escribe un número entero",
    "'{name}' says line '{line}', and would listen to it": "'{name}' dice la línea '{line}' y se escucharía a sí mismo",
    "name another listener": "nombra a otro oyente",
    "write its name into the column character, or choose one": "escribe su nombre en la columna character o elige uno",
    "{done:.1f} of about {all:.1f} GB on the disk": "{done:.1f} de unos {all:.1f} GB en el disco",
    "{found} without {names}": "{found} sin {names}",
    "{found} · whole body": "{found} · todo el cuerpo",
    "{found} · {n}/{total} bones": "{found} · {n}/{total} huesos",
    "{n:.0f} d ago": "hace {n:.0f} d",
    "{n:.0f} h ago": "hace {n:.0f} h",
    "{n:.0f} min ago": "hace {n:.0f} min",
    "{names} and {n} more": "{names} y {n} más",
    "{name} (lost)": "{name} (perdido)",
    "{name} (not followed)": "{name} (no se sigue)",
    "{name} has shape {shape}": "{name} tiene la forma {shape}",
    "{name} is out of range": "{name} está fuera de rango",
    "{name}: frames {first} to {last}": "{name}: fotogramas {first} a {last}",
    "{n} gestures fit the words": "{n} gestos encajan con las palabras",
    "{n} gestures were written; add the folder under Preferences > File Paths > Asset Libraries to see them": (
        "Se escribieron {n} gestos; añade la carpeta en Preferencias "
        "> Rutas de archivo > Bibliotecas de recursos para verlos"
    ),
    "{n} shape keys follow from the next take on": "{n} claves de forma siguen desde la próxima toma",
    "{n} words are known": "Se conocen {n} palabras",
    "{n} words of '{name}' are known": "Se conocen {n} palabras de '{name}'",
    "{problem}; {hint}.": "{problem}; {hint}.",
    "Not verified: {rig}": "Sin verificar: {rig}",
    "{share:.0%} of the keys are left, at most {degrees:.2f}° and {centimetres:.2f} cm off": (
        "Queda el {share:.0%} de los fotogramas clave, con {degrees:.2f}° y {centimetres:.2f} cm de error como máximo"
    ),
    "{size:.1f} MB kept": "{size:.1f} MB guardados",
}
