"""Simplified Chinese. As Blender's own translation says it; where there is a choice:"""

# Take: 镜次 · Pin: 钉住项、钉住 · Pinned Clip: 钉住的剪辑 · Seed: 随机种 · Speech: 语音 · Strip: 片段
# Fade: 淡化 · Energy: 力度 · Calm: 沉稳 · Posture: 体态 · Variation: 变化
# Body Parts: 身体部位 · Layering: 叠加方式 · mute: 屏蔽 · performance: 表演 · phrase: 语句

MESSAGES: dict[str, str] = {
    "'{line}' has no times that can be read": "“{line}”没有可读的时间",
    "'{name}' at {time:.2f} s lies outside the speech": "“{name}”在 {time:.2f} 秒处，位于语音之外",
    "'{name}' cannot be overridden": "无法重写“{name}”",
    "'{name}' cannot be read to its end": "无法将“{name}”读取到结尾",
    "'{name}' cannot have Z up": "'{name}' 不能使用 Z 轴向上",
    "'{name}' does not end as a file that can be exported": "'{name}' 的扩展名不是可以导出的格式",
    "'{name}' has a sample rate of {rate:g} Hz": "“{name}”的采样率为 {rate:g} Hz",
    "'{name}' has gestures of your own: {names}": "'{name}' 中有您自己的手势：{names}",
    "'{name}' has no bone '{bone}'": "“{name}”没有骨骼“{bone}”",
    "'{name}' has no samples": "“{name}”没有音频数据",
    "'{name}' has no words": "“{name}”中没有词",
    "'{name}' is done with no hand '{hand}'": "“{name}”没有用“{hand}”这只手的做法",
    "'{name}' is done with the head": "“{name}”是头部的手势",
    "'{name}' is in Edit Mode": "“{name}”处于编辑模式",
    "'{name}' is in Rest Position, and would not move": "“{name}”处于静置位置，不会动",
    "'{name}' is in the sequencer, frames {first} to {last}": "“{name}”已在序列编辑器中，第 {first} 到 {last} 帧",
    "'{name}' is linked from another file": "“{name}”关联自另一个文件",
    "'{name}' is no name of a Blender file": "“{name}”不是 Blender 文件名",
    "'{name}' is not UTF-8 text": "“{name}”不是 UTF-8 文本",
    "'{name}' is not audio that Blender can read": "“{name}”不是 Blender 可以读取的音频",
    "'{name}' is not in Pose Mode": "“{name}”不在姿态模式下",
    "'{name}' is of no kind that words are read from": "“{name}”不是可以读取词的类型",
    "'{name}' is scaled by other factors along its axes": "'{name}' 沿各轴的缩放不同",
    "'{name}' is the file that is open": "“{name}”是当前打开的文件",
    "'{name}' is there already, and is not replaced": "“{name}”已存在，不会被替换",
    "'{name}' is too large for a text": "“{name}”作为文本太大",
    "'{path}' cannot be run as a Python": "“{path}”无法作为 Python 运行",
    "'{path}' cannot be the engine's Python ({why})": "“{path}”不能用作引擎的 Python（{why}）",
    "'{path}' cannot be written ({why})": "无法写入“{path}”（{why}）",
    "'{path}' has no pocketsphinx ({why})": "“{path}”没有 pocketsphinx（{why}）",
    "'{path}' is older than Python 3.11": "“{path}”的版本早于 Python 3.11",
    "'{text}' ends before it begins": "“{text}”在开始之前就结束了",
    "'{words}' is not heard at {time}": "“{words}”在 {time} 处听不到",
    ", {n} to come": "，还有 {n} 个",
    "A graphics card by CUDA or ROCm": "使用 CUDA 或 ROCm 的显卡",
    "A style chosen at random for each take": "每个镜次随机选取的风格",
    "A text of Blender's text editor": "Blender 文本编辑器中的文本",
    "About {download:.1f} GB to download, {disk:.0f} GB on the disk": (
        "需下载约 {download:.1f} GB，占用磁盘 {disk:.0f} GB"
    ),
    "Active Take": "活动镜次",
    "Add Body": "添加身体",
    "Add Bones Preset": "添加骨骼预设",
    "Add Character": "添加角色",
    "Add Gesture at Playhead": "在播放头处添加手势",
    "Add Gesture of Asset Browser": "添加资产浏览器中的手势",
    "Add Performance Preset": "添加表演预设",
    "Add a body of our own at the 3D cursor, or beside who stands there, and choose it as the character": (
        "在 3D 游标处（若已有人则在其旁边）添加自带身体，并选为角色"
    ),
    "Add a mannequin that the bones move, so that the gestures can be judged": "添加由骨骼带动的人体模型，以便评判手势",
    "Add the gestures to the animation below, such as a walk": "将手势叠加到下层动画上，例如行走",
    "Add the speech's file to the sequencer as a strip that can be heard and trimmed, and use that": (
        "将语音文件作为可播放、可裁剪的片段添加到序列编辑器并使用它"
    ),
    "All bones, where and as large as the character is": "所有骨骼，位置和大小与角色相同",
    "Also where the library that was written before has gestures of your own": "即使之前写入的库中有您自己的手势",
    "Also write the meshes that the character's bones move": "同时写入由角色骨骼驱动的网格",
    "Also write the speech, as a WAV file of the same name that begins with the file": (
        "同时将语音写为同名的 WAV 文件，与该文件同时开始"
    ),
    "As It Is": "保持原样",
    "Bones that would have been called alike have other names in the file: {bones}": (
        "会重名的骨骼在文件中使用了其他名称：{bones}"
    ),
    "ask for no hand, or for another gesture": "请不要指定手，或选择另一个手势",
    "choose another name, or turn on Replace Own Gestures": "请选择其他名称，或启用“替换自己的手势”",
    "Deform Bones Only": "仅变形骨骼",
    "Download pocketsphinx, which finds English words more finely, after you agree": (
        "在您同意后下载 pocketsphinx，它能更精细地查找英文词语"
    ),
    "Export Take…": "导出镜次…",
    "correct --number": "请更正--number",
    "export under another name": "请以其他名称导出",
    "Facing ahead, with a root bone at the origin; only bones that deform": "面向前方，原点处有根骨骼；仅变形骨骼",
    "Few Keys": "较少关键帧",
    "Fewest Keys": "最少关键帧",
    "Filter": "筛选",
    "Find English Finely": "精细查找英文",
    "For": "用于",
    "Godot": "Godot",
    "How much the takes count over what plays below them": "镜次相对于其下方播放内容的影响程度",
    "In centimetres, Z up, with a root bone at the origin; only bones that deform": (
        "以厘米为单位，Z 轴向上，原点处有根骨骼；仅变形骨骼"
    ),
    "In metres, Y up, with a root bone at the origin; only bones that deform": (
        "以米为单位，Y 轴向上，原点处有根骨骼；仅变形骨骼"
    ),
    "Include": "包括",
    "Leave out bones that move no mesh by themselves": "省略自身不驱动任何网格的骨骼",
    "Leave out keys where the curves stay within so many degrees; at 0, every frame has its keys": (
        "在曲线偏差不超过该度数的范围内省略关键帧；为 0 时每一帧都有关键帧"
    ),
    "Let the take begin at time 0. Otherwise each frame has the time that it has in the scene": (
        "让镜次从时间 0 开始。否则每一帧的时间与其在场景中的时间相同"
    ),
    "Lively": "活泼",
    "Look for the words of English texts by pocketsphinx, which Set Up Words has made ready": (
        "用“设置词语”准备好的 pocketsphinx 查找英文文本的词语"
    ),
    "Many Keys": "较多关键帧",
    "Meshes": "网格",
    "Name": "名称",
    "Natural": "自然",
    "no action is selected in the Asset Browser": "资产浏览器中没有选择动作",
    "No gesture is called so": "没有这样命名的手势",
    "Of .npz: Z up, as in AMASS, and not Y": "对于 .npz：与 AMASS 一样 Z 轴向上，而不是 Y",
    "of {n}": "/ {n}",
    "Page": "页",
    "Pin an Action of the Asset Browser as a gesture, with its emphasis on the current frame": (
        "将资产浏览器中的动作固定为手势，其重点位于当前帧"
    ),
    "Replace Own Gestures": "替换自己的手势",
    "select one there": "请在那里选择一个",
    "Set Up Words": "设置词语",
    "Show those alone whose name or meaning has this in it": "仅显示名称或含义中包含此内容的手势",
    "The asset library; that of the selected asset if none is given": "资产库；未指定时为所选资产的库",
    "What is said and when, as text; when empty, it is not known": "所说的内容及时间（文本）；为空则未知",
    "Blender rendered no picture": "Blender没有渲染出图像",
    "Generate Table…": "生成表格…",
    "Generate a take for each line of a table: which recording, said by which character, when and how": (
        "为表格的每一行生成一个镜次：哪段录音，由哪个角色，何时以及如何说"
    ),
    "add one, or leave --final out": "请添加一个，或去掉--final",
    "add-on '{name}' is not enabled": "插件 '{name}' 未启用",
    "Also write the list into a text of this file": "同时将列表写入此文件的文本",
    "Also write the log to a file, which Open Log shows": "同时将日志写入文件，可用“打开日志”查看",
    "Another number gives another performance of the same speech; one that you type is kept": (
        "换一个数字，同一段语音就有另一种表演；输入的数字会保留"
    ),
    "Another number suggests other gestures for the same words": "换一个数字会为相同的词建议其他手势",
    "Another number suggests others; the character's if none is given": "换一个数字会建议其他手势；未给出时用角色的",
    "Any Style": "任意风格",
    "Any: {name}": "任意：{name}",
    "affirm": "肯定",
    "ahead": "前方",
    "all": "全部",
    "all of us": "我们大家",
    "applause": "鼓掌",
    "apply its scale (Ctrl A), or export it as it is": "请应用其缩放 (Ctrl A)，或按原样导出",
    "Armature to generate gestures for; when empty, the active one, or the only one": (
        "要生成手势的骨架；留空时使用活动的或唯一的骨架"
    ),
    "Arms": "手臂",
    "As Text": "作为文本",
    "At most so many for a minute of speech; those of the character if none is given": (
        "每分钟语音最多这么多；未给出时用角色的"
    ),
    "At most so many gestures are suggested for a minute of speech": "每分钟语音最多建议这么多手势",
    "Audio2Gestures {version}": "Audio2Gestures {version}",
    "Automatic": "自动",
    "Blender's exporter wrote nothing": "Blender 的导出器没有写入任何内容",
    "Blender's {format} exporter wrote something else than it was given": (
        "Blender 的 {format} 导出器写入的内容与给它的不同"
    ),
    "BVH names": "BVH 名称",
    "Bake Gestures to Action": "将手势烘焙到动作",
    "Being written, and not on any track yet": "正在写入，尚未放到任何轨道上",
    "Blender and its engine cannot exchange files ({why})": "Blender 与其引擎无法交换文件（{why}）",
    "Blender cannot play '{name}' in its sequencer": "Blender 无法在序列编辑器中播放“{name}”",
    "Blender is not allowed to go online": "Blender 未获准联网",
    "Blink": "眨眼",
    "Body Parts": "身体部位",
    "Bone": "骨骼",
    "Bone that moves as this part of the body; if another row has it, the two exchange theirs": (
        "作为身体这一部位运动的骨骼；若另一行已使用它，则两行互换"
    ),
    "Bones Presets": "骨骼预设",
    "Both": "双手",
    "Both hands, each as the other's mirror if the gesture is one hand's": ("双手；若手势只用一只手，则两手互为镜像"),
    "Busy": "忙碌",
    "By structure": "按结构识别",
    "Calm": "沉稳",
    "Camera": "摄像机",
    "Cancel Generation": "取消生成",
    "Cancel Setup": "取消安装",
    "Cancelled": "已取消",
    "Cancelled: another file was opened": "已取消：打开了另一个文件",
    "Cancelling": "正在取消",
    "Category": "类别",
    "Click in Lane": "在轨带中点击",
    "Click what a lane shows: an accent becomes stronger in the upper half, weaker in the lower one": (
        "点击轨带中显示的内容：在上半部分点击会使重音变强，在下半部分点击会使其变弱"
    ),
    "A frame near the accent; the current one if it is not given": "重音附近的帧；未给出时为当前帧",
    "A step stronger": "加强一级",
    "A step weaker": "减弱一级",
    "Accent as Heard": "重音恢复如所听",
    "Accents": "重音",
    "As Heard": "如所听",
    "As it was at first": "恢复最初的样子",
    "Change Accent": "更改重音",
    "How strong the accent becomes": "重音变得多强",
    "Let the body move around the accent nearest to the current frame as it did at first": (
        "让身体在离当前帧最近的重音前后恢复最初的动作"
    ),
    "Let the body move less around the accent nearest to the current frame": "让身体在离当前帧最近的重音前后动得更少",
    "Let the body move more around the accent nearest to the current frame": "让身体在离当前帧最近的重音前后动得更多",
    "Let the body move more or less around the accent nearest to the current frame; the rest of the take stays": (
        "让身体在离当前帧最近的重音前后动得更多或更少；镜次的其余部分保持不变"
    ),
    "Start at Zero": "从零开始",
    "Strengthen Accent": "加强重音",
    "modifiers give shape keys of '{name}' other corners than the mesh itself": (
        "修改器使“{name}”的形态键与网格本身的顶点不同"
    ),
    "the nearest are {near}": "最接近的是 {near}",
    "the table has no line {number}": "表格没有第{number}行",
    "the text asks with '{word}' on frame {frame} for what cannot be: {why}": (
        "文本在第 {frame} 帧的“{word}”处要求的内容无法做到：{why}"
    ),
    "there is a file '{name}' already, where the speech would be written": "语音要写入的位置已有文件 '{name}'",
    "three.js, VRM": "three.js, VRM",
    "Unity Humanoid": "Unity Humanoid",
    "Unreal": "Unreal",
    "Weaken Accent": "减弱重音",
    "Stronger": "更强",
    "Weaker": "更弱",
    "Phrases": "语句",
    "What the Action is called; the selected asset if none is given": "动作的名称；未指定时为所选资产",
    "What the program needs that reads the file": "读取该文件的程序所需的设置",
    "Where to write; its ending says in which format": "写入位置；扩展名决定格式",
    "Which part of the gestures is shown": "显示手势的哪一部分",
    "Write all gestures, yours too, into a file of their own, as assets with pictures, for this character's bones": (
        "将所有手势（包括您自己的）作为带图片的资产写入单独的文件，适用于此角色的骨骼"
    ),
    "Write the playing take to a file of its own: FBX, glTF, USD, BVH, SMPL-X or VRM animation, as its name ends": (
        "将正在播放的镜次写入单独的文件：根据扩展名为 FBX、glTF、USD、BVH、SMPL-X 或 VRM 动画"
    ),
    "Z Up": "Z 轴向上",
    "turn those modifiers off or apply them, or export without meshes": (
        "请关闭或应用这些修改器，或在不含网格的情况下导出"
    ),
    "{number} of {total}": "第 {number} 句，共 {total} 句",
    "This take was made for another speech: use Update Take": "此镜次是为另一段语音制作的：请使用“更新镜次”",
    "Frame": "帧",
    "Change Phrase": "更改语句",
    "Change the playing take while a slider is moved, the frames around the current one first": (
        "拖动滑块时更改正在播放的镜次，从当前帧附近开始"
    ),
    "Channel": "通道",
    "Channel of the sequencer whose sound strips this character speaks": "此角色所说的声音片段所在的序列编辑器通道",
    "Character": "角色",
    "Check Setup": "检查设置",
    "Choose Speech File…": "选择语音文件…",
    "Choose Style": "选择风格",
    "Choose Take": "选择镜次",
    "Choose a sound file as the speech, and place it in the sequencer, where it is heard": (
        "选择一个声音文件作为语音，并放入序列编辑器，以便听到"
    ),
    "Choose the style in which the character performs, among those of the gesture model": (
        "从手势模型的风格中选择表演的风格"
    ),
    "Choose this take in the list": "在列表中选择此镜次",
    "Choose where the speech's file is now; other missing sounds of the speech are looked for beside it": (
        "选择语音文件现在的位置；语音缺失的其他声音会在其旁边查找"
    ),
    "Clavicle": "锁骨",
    "Clear Kept Takes": "清除保留的镜次",
    "Combine": "合并",
    "Common names": "常用名称",
    "Compare Take": "比较镜次",
    "Connect Shape Keys": "连接形态键",
    "Copy Log": "复制日志",
    "Copy Problem Report": "复制问题报告",
    "Copy the output of the engine's setup, for a report": "复制引擎安装过程的输出，用于报告",
    "Copy this take to a track of its own, so that it can be changed without losing this one": (
        "将此镜次复制到独立的轨道，以便修改而不丢失原镜次"
    ),
    "Copy this take with fewer keys, on curves that can be edited by hand; it plays instead of this one": (
        "复制此镜次并减少关键帧，曲线可手动编辑；副本代替此镜次播放"
    ),
    "Copy versions, settings and the last lines of the log, without your name and folders, to paste them elsewhere": (
        "复制版本、设置和日志的最后几行，不含您的姓名和文件夹，以便粘贴到别处"
    ),
    "cut it into shorter animations": "请将其切分为较短的动画",
    "Delete Take": "删除镜次",
    "Delete the finished takes that are kept for recovery": "删除为恢复而保留的已完成镜次",
    "Delete the takes that were baked; otherwise they are muted": "删除已烘焙的镜次；否则将其屏蔽",
    "Delete this take; its action stays if something else uses it": "删除此镜次；若其动作另有他用则保留动作",
    "Device": "设备",
    "Device that the GPU engine runs on": "GPU 引擎运行所在的设备",
    "Direction": "方向",
    "Disconnect Shape Keys": "断开形态键",
    "Disk space for finished takes that are kept in case Blender crashes": (
        "为防 Blender 崩溃而保留的已完成镜次可占用的磁盘空间"
    ),
    "Do this gesture with the other hand, or with both; its emphasis stays on its frame": (
        "用另一只手或双手做此手势；其重点仍在原帧"
    ),
    "Download what NVIDIA graphics cards need; off, a smaller download that uses the CPU": (
        "下载 NVIDIA 显卡所需的内容；关闭时下载较小的、使用 CPU 的版本"
    ),
    "Downloading": "正在下载",
    "Draw small pictures of takes, each its action's preview, and of styles, and show them in lists": (
        "绘制镜次（作为其动作的预览）和风格的小图，并显示在列表中"
    ),
    "Duplicate Take": "复制镜次",
    "asked for in the text": "文本中要求",
    "big": "大",
    "check that it belongs to this recording and is English": "检查它是否属于此录音且为英文",
    "chop": "劈",
    "chop one hand": "单手劈",
    "come": "招呼",
    "come here": "过来",
    "come over": "到这边来",
    "come wide": "大幅招手",
    "contrast": "对比",
    "count": "计数",
    "ask for png instead of mp4": "请用png代替mp4",
    "column '{column}' of a table is for the command line": "表格的列'{column}'用于命令行",
    "correct --only": "请更正--only",
    "correct it": "请更正",
    "correct the name, or add it": "请更正名称，或添加它",
    "enable it in the Preferences, under Add-ons": "请在偏好设置的“插件”中启用它",
    "Energy": "力度",
    "Engine": "引擎",
    "Engine Python": "引擎 Python",
    "Error": "误差",
    "Errors": "错误",
    "Everything": "全部",
    "Exchange left and right in the list of bones": "在骨骼列表中互换左右",
    "Existing Python": "现有 Python",
    "Export Bones…": "导出骨骼…",
    "everything": "一切",
    "export it with all of its bones": "请连同所有骨骼一起导出",
    "export to .npz, or turn Z Up off": "请导出为 .npz，或关闭“Z 轴向上”",
    "export to another format": "请导出为其他格式",
    "Export…": "导出…",
    "Extend Scene": "延长场景",
    "Eye": "眼睛",
    "Face": "面部",
    "Fade In": "淡入",
    "Fade Out": "淡出",
    "Feet": "脚部",
    "Feet slide by up to {n:.1f} cm": "双脚最多滑动 {n:.1f} cm",
    "Fewer Keys": "减少关键帧",
    "File": "文件",
    "File…": "文件…",
    "Fill one side of the list of bones from the other, by the names of the bones": (
        "根据骨骼名称，用一侧填充骨骼列表的另一侧"
    ),
    "Fill the left side from the right one": "用右侧填充左侧",
    "Fill the right side from the left one": "用左侧填充右侧",
    "Find Speech File…": "查找语音文件…",
    "Find the words again: in another recording, or after their text changed; suggested gestures follow their words": (
        "重新查找词语：用于另一段录音或文本更改之后；建议的手势会跟随其词语"
    ),
    "Find when each word is said: from subtitles, a transcript, text strips, markers, or a text in any language": (
        "查找每个词何时说出：来自字幕、转录、文本片段、标记或任何语言的文本"
    ),
    "Fingers": "手指",
    "Folder: {path}": "文件夹：{path}",
    "Follow Strength": "跟随强度",
    "Follow the clip with collarbones, arms and wrists": "锁骨、手臂和手腕跟随剪辑",
    "Follow the clip with hips, legs and feet": "髋部、腿和脚跟随剪辑",
    "Follow the clip with neck, head, jaw and eyes": "颈、头、下颌和眼睛跟随剪辑",
    "Follow the clip with the fingers": "手指跟随剪辑",
    "Follow the clip with the spine": "脊柱跟随剪辑",
    "Following the slider": "正在跟随滑块",
    "Foot": "脚",
    "For a Graphics Card": "用于显卡",
    "Forearm": "前臂",
    "Forget Words": "忘记词语",
    "Forget the corrections in the list of bones, and recognise the character's bones anew": (
        "放弃骨骼列表中的更正，重新识别角色的骨骼"
    ),
    "Forget the corrections in the list of bones?": "要放弃骨骼列表中的更正吗？",
    "Forget the words of the speech; gestures that were suggested stay": "忘记语音的词语；已建议的手势保留",
    "Frame View": "框显视图",
    "Frame on which the file's speech begins": "文件中的语音开始的帧",
    "Frames over which the motion goes into this clip, half of them before its start": (
        "动作过渡进入此剪辑所用的帧数，一半在其开始之前"
    ),
    "Frames over which the motion goes out of this clip, half of them after its end": (
        "动作过渡离开此剪辑所用的帧数，一半在其结束之后"
    ),
    "Frames that you edited were kept: the change is a take of its own": "手动编辑过的帧已保留：更改成为独立的镜次",
    "Frames to move the takes by": "镜次移动的帧数",
    "Free Memory": "释放内存",
    "From": "来源",
    "From Name": "取自名称",
    "From the Words": "取自词语",
    "Generate Gestures performs this seed again; else it takes the next one that has no take": (
        "“生成手势”再次表演此随机种；否则使用下一个还没有镜次的随机种"
    ),
    "Gesture": "手势",
    "Gestures of these words are gone, which are not said any more, or where a pin lies: {names}": (
        "这些词的手势已移除，它们不再被说出，或该处有钉：{names}"
    ),
    "Gestures per Minute": "每分钟手势",
    "Hand Clearance": "手部间距",
    "Hand of Gesture": "手势的手",
    "Hash: {digest}": "哈希：{digest}",
    "How many jobs wait for the running one to end": "等待当前任务结束的任务数",
    "How much the chosen take counts over what plays below it": "所选镜次相对于其下方播放内容的影响程度",
    "Influence": "影响",
    "it is too long": "它太长了",
    "Keep Seed": "保留随机种",
    "Keeps hands and forearms so many centimetres farther from trunk and thighs, for a wide body": (
        "使手和前臂与躯干和大腿再保持这么多厘米的距离，适用于较宽的身体"
    ),
    "From slumped at -1 to upright at 1": "从 -1 的佝偻到 1 的挺直",
    "Gaze Strength": "注视强度",
    "Gaze and Face": "视线与面部",
    "Generate Gestures": "生成手势",
    "Generate Gestures for Strip": "为片段生成手势",
    "Generate Idle": "生成待机",
    "Generate Listening": "生成倾听",
    "Generate Next Take": "生成下一个镜次",
    "Generate a take for every character of the scene: those with a voice speak it, the others listen or stand by": (
        "为场景中每个角色生成一个镜次：有语音的说话，其余的倾听或站着"
    ),
    "Generate another take of the same speech, with the next seed": "用下一个随机种为同一语音再生成一个镜次",
    "Generate another take of the same speech; this gesture model makes one motion per speech": (
        "为同一语音再生成一个镜次；此手势模型对一段语音只有一种动作"
    ),
    "Generate for All Characters": "为所有角色生成",
    "Generate gestures for the speech as new takes of the character": "为语音生成手势，作为角色的新镜次",
    "Generate gestures inside Blender from now on; the result is the same": "从现在起在 Blender 内部生成手势；结果相同",
    "Generate gestures with the model that came with the add-on from now on; your file stays where it is": (
        "从现在起用插件自带的模型生成手势；您的文件保留在原处"
    ),
    "Generate new takes in which the character listens to the others, nods and turns its head to who speaks": (
        "生成角色倾听他人、点头并把头转向说话者的新镜次"
    ),
    "Generate new takes in which the character says nothing and stands about, as long as the scene": (
        "生成角色不说话、只是站着的新镜次，与场景一样长"
    ),
    "Generate the playing take again from its stored settings, as a new take": (
        "根据正在播放的镜次所保存的设置再生成一次，作为新镜次"
    ),
    "Generated motion follows this clip": "生成的动作跟随此剪辑",
    "Generating": "正在生成",
    "Gesture Model": "手势模型",
    "Gestures": "手势",
    "Go back to the phrase's performance before this one": "回到该语句的上一个表演",
    "Go to Pin": "转到钉住项",
    "Graphics Card": "显卡",
    "Guess Again": "重新猜测",
    "Hand": "手",
    "Hands": "手部",
    "Head": "头部",
    "Hips": "髋部",
    "How closely the generated motion follows this clip": "生成的动作跟随此剪辑的紧密程度",
    "How far the body moves: 1 is as generated, 2 is twice as far": "身体移动的幅度：1 为生成时的幅度，2 为两倍",
    "How far the jaw opens as the voice is loud; it is no lip sync": "下颌随音量张开的程度；这不是口型同步",
    "How far the lids close when the character blinks, which it does about every four seconds": (
        "角色眨眼时（约每四秒一次）眼睑闭合的程度"
    ),
    "How firmly the gaze is held: with less, the character looks away now and then": (
        "视线保持的坚定程度：较低时，角色会不时移开目光"
    ),
    "How many takes one click generates, each with a seed of its own": "单击一次生成的镜次数量，每个使用各自的随机种",
    "How much is written to the system console": "写入系统控制台的内容多少",
    "How this take was made, as text": "此镜次的制作方式，以文本记录",
    "How unusual the performance is: 0 is the most typical one, the same for every seed": (
        "表演的独特程度：0 为最典型的表演，对每个随机种都相同"
    ),
    "Idle": "空闲",
    "Idle Around Speech": "语音前后待机",
    "Import Bones…": "导入骨骼…",
    "Import…": "导入…",
    "In a process of its own, which Set Up GPU prepares": "在独立的进程中运行，由“设置 GPU”准备",
    "Including the engine's output": "也包括引擎的输出",
    "Index Finger": "食指",
    "Inside Blender; needs nothing else": "在 Blender 内部运行；不需要其他任何东西",
    "Installing": "正在安装",
    "Jaw": "下颌",
    "Keep Feet Planted": "保持双脚着地",
    "Keep the character's active action as an NLA strip, so that it no longer hides the gestures": (
        "将角色的活动动作保留为 NLA 片段，使其不再遮盖手势"
    ),
    "Keep the character's active action on a muted NLA track, so that it no longer plays": (
        "将角色的活动动作保留在屏蔽的 NLA 轨道上，使其不再播放"
    ),
    "Keep the list of bones as a preset, or remove the preset that was chosen last": (
        "将骨骼列表保存为预设，或移除上次选择的预设"
    ),
    "Keep the performance's settings as a preset, or remove the preset that was chosen last": (
        "将表演设置保存为预设，或移除上次选择的预设"
    ),
    "Keep this pin but do not follow it now": "保留此钉住项，但暂不跟随",
    "Key IK controls of hands and feet in the playing take, so that they stay where they are": (
        "在正在播放的镜次中为手和脚的 IK 控制器插入关键帧，使其保持原位"
    ),
    "Kind of error that ended the job": "导致任务结束的错误类型",
    "Language": "语言",
    "Largest error: degrees of bones, hands and feet, and centimetres of where hands and feet are": (
        "最大误差：骨骼和手脚的度数，以及手脚位置的厘米数"
    ),
    "Layering": "叠加方式",
    "Leave Edit Mode": "离开编辑模式",
    "Leave Tweak Mode": "离开调整模式",
    "Keep hips, legs and feet as they sit in the animation below, and the hands on the thighs or above them": (
        "髋、腿和脚保持下方动画中的坐姿，双手放在大腿上或大腿上方"
    ),
    "Leave the head to the gestures, and the eyes alone": "头部交给手势动作，眼睛保持不动",
    "Left": "左",
    "Left Arm and Leg": "左臂和左腿",
    "Left Fingers": "左手手指",
    "Left alone, as others drive, key or own them: {names}": "保持不变，因为已被他处驱动、设置关键帧或拥有：{names}",
    "Left out, since pins of yours lie there: {names}": "因该处有您的钉而略去：{names}",
    "Left out: {names}": "略去：{names}",
    "Legs": "腿部",
    "Length: {n:.1f} s": "长度：{n:.1f} 秒",
    "Let all NLA tracks of the character play again, not only the one that plays solo": (
        "让角色的所有 NLA 轨道重新播放，而不仅是孤立播放的轨道"
    ),
    "Let generated motion no longer follow the selected NLA strips": "让生成的动作不再跟随选中的 NLA 片段",
    "five": "五",
    "four": "四",
    "greet": "问候",
    "greet small": "小幅问候",
    "hands joined": "合掌",
    "here": "这里",
    "hold on": "稍等",
    "however": "然而",
    "huge": "巨大的",
    "install one from python.org": "从 python.org 安装一个",
    "leave it out: the add-on's own way needs nothing": "不用它：插件自己的方法无需任何东西",
    "let it end in {endings}": "请使用扩展名 {endings}",
    "Let new takes last as long as the scene: where nothing is said, the character idles": (
        "新镜次与场景一样长：没有语音的地方，角色待机"
    ),
    "Let only this take play, and mute all others that are not pinned": "只播放此镜次，并屏蔽其他所有未钉住的镜次",
    "Let playback skip frames where it is too slow, so that speech and gestures stay together": (
        "播放过慢时允许跳帧，使语音和手势保持同步"
    ),
    "Let shape keys of the character's meshes follow its takes: a driver each, from numbers on the head's bone": (
        "让角色网格的形态键跟随其镜次：每个形态键一个驱动器，取自头部骨骼上的数值"
    ),
    "Let strips on higher tracks no longer hold a pose before or after them, where it hides takes": (
        "让上方轨道的片段不再在其前后保持会遮盖镜次的姿态"
    ),
    "Let the NLA track of the newest take play again": "让最新镜次的 NLA 轨道重新播放",
    "Let the armature show its pose instead of its rest position": "让骨架显示姿态而不是静置位置",
    "Let the character play its NLA tracks": "让角色播放其 NLA 轨道",
    "Let the character speak the active strip of the sequencer, and generate gestures for it": (
        "让角色说出序列编辑器的活动片段，并为其生成手势"
    ),
    "Let the playing takes play once, forwards and at their own speed, as the speech does": (
        "让播放中的镜次像语音一样以其自身速度正向播放一次"
    ),
    "Let the scene play at the speed of its sound: set New to what Old is under Time Stretching": (
        "让场景以声音的速度播放：将“时间拉伸”的“新”设为“旧”的值"
    ),
    "Let this lost pin follow another NLA strip of the character, with the settings it had": (
        "让这个丢失的钉住项以原有设置跟随角色的另一个 NLA 片段"
    ),
    "Let this take play instead of the other takes of the same time": "播放此镜次，以代替同一时间的其他镜次",
    "Licence: {licence}": "许可证：{licence}",
    "List Suggestions": "列出建议",
    "List of Bones": "骨骼列表",
    "Little Finger": "小指",
    "Live Update": "实时更新",
    "Log": "日志",
    "Log File": "日志文件",
    "Look At": "注视",
    "Look at an object, at another character into the eyes": "注视一个物体；若是另一个角色，则注视其眼睛",
    "Look at the other character that speaks, or spoke last": "注视正在说话或最后说话的另一个角色",
    "Look into the camera of the scene, as its markers choose it": "注视场景的摄像机，按标记所选",
    "line '{line}' has '{cell}' in column {column}": "行'{line}'的列{column}为'{cell}'",
    "line '{line}' has no sound": "行'{line}'没有声音",
    "line '{line}' is played in '{path}', which is not there": "行'{line}'在'{path}'中表演，但它不存在",
    "'{path}' could not be opened": "无法打开'{path}'",
    "line '{line}' names no character": "行'{line}'没有指定角色",
    "line '{line}' needs a character '{name}', which is not in the scene": "行'{line}'需要角色'{name}'，但场景中没有",
    "look into the console for what it says": "请查看控制台中的信息",
    "Made by Generate Gestures": "由“生成手势”制作",
    "Made with: {path}": "制作工具：{path}",
    "Made: {age}": "制作：{age}",
    "Make Library Override": "创建库重写",
    "Make a library override of the linked character, so that it can be animated here": (
        "为关联的角色创建库重写，以便在此制作动画"
    ),
    "Make generated motion follow the selected NLA strips of the character": "让生成的动作跟随角色选中的 NLA 片段",
    "Make the playing take follow speech, style, sliders and pinned clips as they are now": (
        "让正在播放的镜次跟随当前的语音、风格、滑块和钉住的剪辑"
    ),
    "Make the playing take follow the pinned clips; away from them it stays as it is": (
        "让正在播放的镜次跟随钉住的剪辑；其余部分保持不变"
    ),
    "Making a folder for it": "正在创建文件夹",
    "Mark": "标记为",
    "Mark as Asset": "标记为资产",
    "Mark as Gesture": "标记为手势",
    "Mark this take as one to keep": "将此镜次标记为保留",
    "Mark this take as one to keep, or remove the mark": "将此镜次标记为保留，或取消标记",
    "Markers": "标记",
    "Markers of the timeline, each named as what is said there": "时间线标记，各以该处所说的话命名",
    "Forget Measured Body": "忘记测得的身体",
    "Measured Body": "测得的身体",
    "Measure the body that hands keep out of on the character's mesh; Hand Clearance then counts from it, from 0": (
        "在角色自身的网格上测量双手避开的身体；双手间距随后由此算起，并变为 0"
    ),
    "Let hands keep out of a body like that of Add Character again, not of the measured one": (
        "让双手重新避开“添加角色”那样的身体，而不是测得的身体"
    ),
    "The body that hands keep out of, as Measure Hand Clearance has found it": "“测量双手间距”所得的、双手避开的身体",
    "Measured: chest {chest:+.0f}, belly {belly:+.0f}, pelvis {pelvis:+.0f}, thighs {thighs:+.0f} cm": (
        "测得：胸 {chest:+.0f}、腹 {belly:+.0f}、骨盆 {pelvis:+.0f}、大腿 {thighs:+.0f} cm"
    ),
    "Measure Hand Clearance": "测量双手间距",
    "Middle Finger": "中指",
    "Mirror": "镜像",
    "Mirror Bones": "镜像骨骼",
    "Mixamo names": "Mixamo 名称",
    "Model file to generate with, made by 'a2g train' or 'a2g export'; when empty, the built-in model": (
        "用于生成的模型文件，由 'a2g train' 或 'a2g export' 制作；留空时使用内置模型"
    ),
    "Model: {name}": "模型：{name}",
    "Move Take Too": "同时移动镜次",
    "Move Take to Top": "将镜次移到顶部",
    "Move collarbones, arms and wrists": "移动锁骨、手臂和手腕",
    "Move hips, legs and feet": "移动髋部、腿和脚",
    "Move neck and head": "移动颈部和头部",
    "Move the 3D View so that the character is seen; a view through a camera stays": (
        "移动 3D 视图以便看到角色；摄像机视图保持不变"
    ),
    "Move the fingers": "移动手指",
    "Move the hidden take to a track above all others": "将被遮盖的镜次移到所有其他轨道之上的轨道",
    "Move the scene's end to where the speech ends, if it lies before that": (
        "若场景在语音结束前结束，则将场景结束移到语音结束处"
    ),
    "Move the spine": "移动脊柱",
    "Move the takes to where their speech has been moved": "将镜次移到其语音被移到的位置",
    "Mute": "屏蔽",
    "Mute Constraints and Drivers": "屏蔽约束和驱动器",
    "Mute the constraints and drivers that turn bones of the chosen body parts, so that the keys alone turn them": (
        "屏蔽转动所选身体部位骨骼的约束和驱动器，使其仅由关键帧转动"
    ),
    "NLA track '{name}' has no room there for take '{take}'": "NLA 轨道“{name}”在该处没有镜次“{take}”的空间",
    "me": "我",
    "me both hands": "双手指我",
    "me chest": "抚胸的我",
    "negate": "否定",
    "no": "不",
    "no Python from 3.11 to 3.14 was found to set up pocketsphinx with": (
        "未找到 3.11 至 3.14 的 Python 来设置 pocketsphinx"
    ),
    "no aside": "侧向不",
    "name its recording in the column sound": "请在列sound中写明录音",
    "no bone of '{name}' deforms": "'{name}' 没有变形骨骼",
    "NVIDIA or AMD": "NVIDIA 或 AMD",
    "Name of the bone; when empty, the row is emptied": "骨骼名称；留空则清空该行",
    "Name of the tab in the sidebar": "侧栏中选项卡的名称",
    "Name of the take and of its NLA track; when empty, the one that is chosen in the list": (
        "镜次及其 NLA 轨道的名称；为空时，使用列表中选中的"
    ),
    "Neck": "颈部",
    "Next": "下一个",
    "Next Performance of Phrase": "语句的下一个表演",
    "No bone of the other side was found for {bones}": "未找到 {bones} 的另一侧骨骼",
    "No gesture fits the words": "没有适合这些词的手势",
    "No takes yet: use Generate Gestures": "尚无镜次：请使用“生成手势”",
    "Nothing": "无",
    "Nothing is downloaded: this Python is tested and used": "不会下载任何内容：将测试并使用此 Python",
    "Number of the NLA track of the take that is chosen in the list; -1 if none is": (
        "列表中选中镜次的 NLA 轨道编号；没有时为 -1"
    ),
    "Number of the pin in the list; -1 is the one that is chosen there": "列表中钉住项的编号；-1 为列表中选定的项",
    "Number of the pin in the list; -1 is the selected strips": "钉在列表中的编号；-1 为所选片段",
    "Object": "物体",
    "Object to look at; it may move": "要注视的物体；可以移动",
    "Of the words, as ISO 639-1 names it, or AUTO; the character's if none is given": (
        "词语的语言（ISO 639-1）或 AUTO；未给出时用角色的"
    ),
    "Off, it is no longer offered": "关闭后不再提供",
    "Offer the Actions of the selected strips, or else the active Action, among the gestures, for any character": (
        "将所选片段的动作或活动动作列入手势，供任何角色使用"
    ),
    "Offered among the gestures that can be placed": "列入可放置的手势",
    "Offset": "偏移量",
    "Open Log": "打开日志",
    "Open Manual": "打开手册",
    "Open the manual's page about this in the web browser; it is installed with the add-on and works offline": (
        "在浏览器中打开手册的相关页面；手册随插件安装，无需网络"
    ),
    "Out": "出",
    "Own list": "自定义列表",
    "Parts of the body that follow this clip": "跟随此剪辑的身体部位",
    "Parts of the body that new takes move; the others keep the animation below": (
        "新镜次移动的身体部位；其余部位保留下层动画"
    ),
    "Parts of the body that the takes move": "镜次移动的身体部位",
    "Perform in this style": "以此风格表演",
    "Perform the phrase on the current frame another way; the rest of the take stays": (
        "以另一种方式表演当前帧的语句；镜次的其余部分不变"
    ),
    "Perform the preview range of the timeline anew, with the sliders as they are now; the rest of the take stays": (
        "用当前的滑块重新表演时间线的预览范围；镜次的其余部分不变"
    ),
    "Performance Presets": "表演预设",
    "Pick Bone": "拾取骨骼",
    "Pictures": "图片",
    "Pictures of Takes": "镜次图片",
    "Pin": "钉住",
    "Pin Selected Strips": "钉住选中的片段",
    "Pin a gesture that means something, with its emphasis on the current frame; legs and trunk go on as they are": (
        "固定一个有含义的手势，其重点落在当前帧；腿和躯干保持不变"
    ),
    "Pin gestures that fit the words, each with its emphasis on its word; pins of your own stay as they are": (
        "钉住适合词语的手势，各以其词为重点；您自己的钉保持不变"
    ),
    "Pinned": "已钉住",
    "Pinned Clips": "钉住的剪辑",
    "Place Speech in Sequencer": "将语音放入序列编辑器",
    "Playback of scene '{name}' now keeps to the sound": "场景“{name}”的播放现在与声音同步",
    "Posture": "体态",
    "Prepare a graphics card's engine: download it after you agree, or choose a Python that has torch": (
        "准备显卡引擎：经您同意后下载，或选择装有 torch 的 Python"
    ),
    "Previous": "上一个",
    "Previous Performance of Phrase": "语句的上一个表演",
    "Push Down Action": "下推动作块",
    "Put a bone into a row of the list of bones; if another row has it, the two exchange theirs": (
        "将骨骼放入骨骼列表的一行；若另一行已使用它，则两行互换"
    ),
    "Put another gesture in place of this one; its emphasis stays on its frame": "换成另一个手势；其重点仍在原帧",
    "Put feet on the floor and let them slide no more than our own body's, whatever the proportions": (
        "无论体型比例如何，让双脚踩在地面上，滑动不超过自带身体"
    ),
    "Put the active bone into this row: click a bone in Pose Mode, then click here": (
        "将活动骨骼放入此行：先在姿态模式下点击骨骼，再点击这里"
    ),
    "PyTorch and NumPy will be downloaded from their publishers": "将从官方下载 PyTorch 和 NumPy",
    "Python program of the graphics card's engine; when empty, the one that Set Up GPU made": (
        "显卡引擎的 Python 程序；留空时使用“设置 GPU”创建的程序"
    ),
    "Python program that has torch and numpy; when empty, one is downloaded": (
        "装有 torch 和 numpy 的 Python 程序；留空时将下载一个"
    ),
    "Read Words": "读取词语",
    "Read the list of bones from a rig map's file": "从绑定映射文件读取骨骼列表",
    "Reading audio": "正在读取音频",
    "Ready": "就绪",
    "Recipe": "配方",
    "Recover Last Take": "恢复上一个镜次",
    "Recovery Limit (MB)": "恢复空间上限（MB）",
    "Regenerate Around Pins": "围绕钉住项重新生成",
    "Regenerate Gestures": "重新生成手势",
    "Regenerate Selected Range": "重新生成选中范围",
    "Relink Pin": "重新关联钉住项",
    "Remove Pin": "移除钉住项",
    "Remove Takes": "移除镜次",
    "Remove the drivers and numbers that let shape keys follow the character's takes": (
        "移除让形态键跟随角色镜次的驱动器和数值"
    ),
    "Remove this pin from the list; its strip, if there is one, stays and is no longer followed": (
        "从列表中移除此钉住项；若其片段存在则保留，但不再被跟随"
    ),
    "Replace": "替换",
    "Replace With…": "替换为…",
    "Replace a library that was written before; no other file is ever replaced": "替换先前写入的库；绝不替换其他文件",
    "Replace the animation of the chosen body parts": "替换所选身体部位的动画",
    "no no": "不不",
    "nod": "点头",
    "nod twice": "点头两次",
    "offer": "给予",
    "one": "一",
    "over there": "那边",
    "plea": "恳求",
    "plea high": "高举恳求",
    "pocketsphinx 5.1.1 will be downloaded from PyPI: about {megabytes:.0f} MB": (
        "将从 PyPI 下载 pocketsphinx 5.1.1：约 {megabytes:.0f} MB"
    ),
    "pocketsphinx could not be set up ({why})": "无法设置 pocketsphinx（{why}）",
    "pocketsphinx ended with an error ({why})": "pocketsphinx 因错误结束（{why}）",
    "pocketsphinx finds no way through the text": "pocketsphinx 无法对齐该文本",
    "pocketsphinx is being set up": "正在设置 pocketsphinx",
    "point": "指",
    "praise": "赞扬",
    "no line has the id '{name}'": "没有id为'{name}'的行",
    "report it with Blender's version": "请连同 Blender 版本一起报告",
    "Reproduce Take": "重现镜次",
    "Reset Take Speed": "重置镜次速度",
    "Restart Engine": "重启引擎",
    "Restore Frame Rate": "恢复帧率",
    "Restore to the character a take that was finished before Blender crashed": (
        "将 Blender 崩溃前完成的镜次恢复到角色上"
    ),
    "Right": "右",
    "Right Arm and Leg": "右臂和右腿",
    "Right Fingers": "右手手指",
    "Rigify deform bones": "Rigify 形变骨骼",
    "Rigify metarig": "Rigify 元骨架",
    "Ring Finger": "无名指",
    "Row": "行",
    "Row of the list of bones, as the manual names it": "骨骼列表的行，名称见手册",
    "Scene '{name}' now ends on frame {frame}, where the speech ends": "场景“{name}”现在结束于语音结束的第 {frame} 帧",
    "Seated": "坐着",
    "Seed": "随机种",
    "Seed that this take was made with": "制作此镜次所用的随机种",
    "Seed {seed}": "随机种 {seed}",
    "Seed {seed}, version {version}": "随机种 {seed}，版本 {version}",
    "Select the strip of this pin in the NLA editor and go to its first frame": (
        "在 NLA 编辑器中选择此钉住项的片段，并转到其第一帧"
    ),
    "Set Bone": "设置骨骼",
    "Set Up": "设置",
    "Set Up GPU": "设置 GPU",
    "Set Up GPU…": "设置 GPU…",
    "Set the scene's frame rate back to the one that the playing take was made for": (
        "将场景的帧率恢复为播放中镜次制作时的帧率"
    ),
    "Shin": "小腿",
    "Shortcuts": "快捷键",
    "Show Lanes": "显示轨带",
    "Show Pins": "显示钉住项",
    "Show a copy of the character beside it that plays this take; click again to remove the copy": (
        "在角色旁显示一个播放此镜次的副本；再次单击则移除副本"
    ),
    "Show it in the Asset Browser, too": "也在资产浏览器中显示",
    "Show phrases, sound and accents in the NLA editor and the sequencer": (
        "在 NLA 编辑器和序列编辑器中显示语句、声音和重音"
    ),
    "Show pinned strips and their fades in the NLA editor": "在 NLA 编辑器中显示钉住的片段及其淡化",
    "Show the folder of the log file": "显示日志文件所在的文件夹",
    "Show which gestures would be suggested for which words, when and why; nothing is placed": (
        "显示会为哪些词建议哪些手势、何时及原因；不放置任何内容"
    ),
    "Sidebar Tab": "侧栏选项卡",
    "Slows the movements down without making them smaller": "放慢动作，但不减小其幅度",
    "Solo Take": "孤立镜次",
    "Sound file to use": "要使用的声音文件",
    "Sound strip to use; when empty, the selected ones, the active one, or those on the lowest channel": (
        "要使用的声音片段；留空时使用选中的、活动的或最低通道上的片段"
    ),
    "Source": "来源",
    "Speech": "语音",
    "Speech: {name}": "语音：{name}",
    "Speed": "速度",
    "Spine": "脊柱",
    "Star": "星标",
    "Star Take": "为镜次加星标",
    "Start Frame": "起始帧",
    "Start the graphics card's engine again": "重新启动显卡引擎",
    "Starting": "正在开始",
    "Starting the engine": "正在启动引擎",
    "Stash Action": "存放动作",
    "Steps": "步骤",
    "Stop generating; nothing is written": "停止生成；不写入任何内容",
    "Stop setting up the engine and remove what was downloaded": "停止安装引擎并移除已下载的内容",
    "Stop the graphics card's engine, so that renders have its memory; the next Generate starts it again": (
        "停止显卡引擎，将其内存让给渲染；下次生成时会再次启动"
    ),
    "Stop tweaking an NLA strip of the character": "停止调整角色的 NLA 片段",
    "Stopped": "已停止",
    "Strip": "片段",
    "Strip to follow; the selected one if none is given": "要跟随的片段；未指定时使用选中的片段",
    "Style": "风格",
    "Style of the gesture model to perform in; when empty, one is drawn with each take": (
        "表演所用的手势模型风格；留空时每个镜次随机选取一种"
    ),
    "Style: {name}": "风格：{name}",
    "Subtitles, a transcript of another program, or a plain text": "字幕、其他程序的转录或纯文本",
    "Suggest Again": "重新建议",
    "Suggest Gestures": "建议手势",
    "Suggest others in place of those that you left as they are; what you moved, changed or deleted stays so": (
        "用其他手势替换您未改动的建议；您移动、更改或删除的保持不变"
    ),
    "Suggested Gestures": "建议的手势",
    "Suggestion Seed": "建议种子",
    "Swap Left and Right": "互换左右",
    "Sync to Audio": "同步到音频",
    "Take": "镜次",
    "Take the character out of Edit Mode": "让角色离开编辑模式",
    "Take the keys of IK controls out of the playing take again; its FK keys are as they were": (
        "从正在播放的镜次中移除 IK 控制器的关键帧；其 FK 关键帧保持原样"
    ),
    "Takes": "镜次",
    "Target": "目标",
    "Test everything that generating needs, and show what works and what does not": (
        "测试生成所需的一切，并显示哪些可用、哪些不可用"
    ),
    "Testing it": "正在测试",
    "Text": "文本",
    "Text Strips": "文本片段",
    "Text of This File": "此文件的文本",
    "Text of this file that says what is said": "此文件中写有所说内容的文本",
    "Text strips of the sequencer: the selected ones, if any is": "序列编辑器的文本片段：若有选择则为所选",
    "The GPU of Apple silicon": "Apple 芯片的 GPU",
    "The character has no bones of these names: {bones}": "角色没有以下名称的骨骼：{bones}",
    "The character's left hand": "角色的左手",
    "The character's right hand": "角色的右手",
    "The fastest available device": "可用的最快设备",
    "The language that most of the words are known of": "已知词语最多的语言",
    "The line was spoken anew: this is a new take, with the gestures of the one before": (
        "台词已重新录制：这是一个新镜次，保留了之前镜次的手势"
    ),
    "The next performance": "下一个表演",
    "The previous performance": "上一个表演",
    "The processor, in the engine's own process": "处理器，在引擎自己的进程中",
    "The report was copied: paste it where you ask for help": "报告已复制：请粘贴到您求助的地方",
    "The side that is right already": "已经正确的一侧",
    "The strip of this pin is gone": "此钉住项的片段已不存在",
    "right here": "就在这里",
    "salute": "敬礼",
    "shake head": "摇头",
    "shake head slowly": "慢慢摇头",
    "shrug": "耸肩",
    "size": "大小",
    "stop": "停",
    "stop aside": "侧向停",
    "stop firm": "坚决停",
    "stop high": "高举停",
    "stop one hand": "单手停",
    "stress": "强调",
    "stressed in the text": "文本中强调",
    "sweep away": "挥开",
    "thank": "感谢",
    "that way": "那个方向",
    "see 'blender -c a2g_batch --help'": "请参阅'blender -c a2g_batch --help'",
    "see its log: without a display it needs EGL": "请查看其日志：没有显示器时需要EGL",
    "set it on the character, or use 'a2g batch'": "请在角色上设置，或使用'a2g batch'",
    "the arguments cannot be read ({why})": "无法读取参数（{why}）",
    "the scene has no camera": "场景中没有摄像机",
    "the sequencer is left empty": "序列编辑器保持为空",
    "the take begins before frame 0": "镜次在第 0 帧之前开始",
    "glTF cannot tell times so late apart": "glTF无法区分这么晚的时间",
    "let the take begin sooner, or at 0": "让镜次更早开始，或从0开始",
    "Thigh": "大腿",
    "this Blender plays no sounds": "此Blender不能播放声音",
    "this Blender was built without USD": "此 Blender 构建时未包含 USD",
    "This Computer's CPU": "此计算机的 CPU",
    "This gesture model lacks {controls}": "此手势模型没有：{controls}",
    "This gesture model leaves the fingers as they are": "此手势模型不改变手指",
    "This gesture model makes one motion per speech: another seed changes nothing": (
        "此手势模型对一段语音只有一种动作：更换随机种没有作用"
    ),
    "Thumb": "拇指",
    "Time Stretching is off": "时间拉伸已关闭",
    "Time Stretching plays the scene faster or slower than its sound": "时间拉伸使场景的播放比声音更快或更慢",
    "Toes": "脚趾",
    "Torso": "躯干",
    "Turn Off Hold": "关闭保持",
    "Turn Off Solo": "关闭孤立",
    "Turn Off Time Stretching": "关闭时间拉伸",
    "Turn On NLA": "开启 NLA",
    "Type It…": "输入…",
    "Type or paste the text": "输入或粘贴文本",
    "Unfinished": "未完成",
    "Unity names": "Unity 名称",
    "Unknown bones": "未知骨骼",
    "Unmute Track": "取消屏蔽轨道",
    "Unpin Selected Strips": "取消钉住选中的片段",
    "Unreal names": "Unreal 名称",
    "Update Take": "更新镜次",
    "Update Words": "更新词语",
    "Upper Arm": "上臂",
    "Use Bones Preset": "使用骨骼预设",
    "Use Built-in Model": "使用内置模型",
    "Use Pose Position": "使用姿态位置",
    "three": "三",
    "throw up hands": "举手无奈",
    "to the side": "向侧面",
    "two": "二",
    "unsure": "不确定",
    "use Set Up Words, or pip install {package}": "使用“设置词语”或 pip install {package}",
    "this Blender writes no videos": "此Blender无法写出视频",
    "use Start at Zero, or move it": "请使用“从零开始”，或移动它",
    "Use Take": "使用镜次",
    "Use This Computer's CPU": "使用此计算机的 CPU",
    "Use a sound file": "使用声音文件",
    "Use every sound strip of a channel of the sequencer": "使用序列编辑器某个通道的所有声音片段",
    "Use sound strips of the sequencer, as they are placed and trimmed there": (
        "使用序列编辑器的声音片段，按其位置和裁剪"
    ),
    "Use this preset as the character's list of bones": "将此预设用作角色的骨骼列表",
    "VRoid names": "VRoid 名称",
    "Variation": "变化",
    "Warnings": "警告",
    "What generates gestures": "用什么生成手势",
    "What is being done": "正在进行的操作",
    "What is said, in any language": "所说的内容，任何语言",
    "What may be wrong": "可能有问题的内容",
    "What new takes do to the animation below them": "新镜次如何处理下层动画",
    "What the gesture is called, and what it means": "手势的名称及其含义",
    "What the gesture means; suggestions choose by it": "手势的含义；建议据此选择",
    "What this gesture means; suggestions choose by it": "此手势的含义；建议据此选择",
    "What went wrong": "出错的内容",
    "Where new takes look: the eyes go there, and the head follows": "新镜次注视之处：眼睛看向那里，头部随之转动",
    "Where the speech comes from": "语音的来源",
    "Where the text of the speech is": "语音的文本在哪里",
    "Whether a take follows a slider": "是否有镜次正在跟随滑块",
    "Which bone is which part of the body, as text; when empty, it is guessed": (
        "以文本表示的骨骼与身体部位的对应；留空则自动猜测"
    ),
    "Which hand does it": "由哪只手来做",
    "Which of the kept takes; the last one if none is given": "保留的镜次中的哪一个；未指定时为最后一个",
    "Which of the phrase's performances": "语句的哪一个表演",
    "Who Speaks": "说话者",
    "Whose words call for gestures": "由哪种语言的词引出手势",
    "Words": "词语",
    "Write Gesture Library…": "写入手势库…",
    "Write arms as IK": "将手臂写为 IK",
    "Write as FK": "写为 FK",
    "Write as IK": "写为 IK",
    "Write legs as IK": "将腿部写为 IK",
    "Write the change to a take that was generated last": "写入上次生成的镜次更改",
    "Write the list of bones as a rig map's file, for other characters with such bones": (
        "将骨骼列表写为绑定映射文件，供具有此类骨骼的其他角色使用"
    ),
    "Write the takes that were generated last as NLA strips of their own": "将上次生成的镜次写为独立的 NLA 片段",
    "Write what the character does while takes play into one action, which plays instead of them": (
        "将镜次播放期间角色的动作写入一个动作，以代替镜次播放"
    ),
    "Writing keys": "正在写入关键帧",
    "a character can be added in Object Mode only": "只能在物体模式下添加角色",
    "a choice from {start:g} s to {end:g} s is empty": "{start:g} 秒到 {end:g} 秒的选择为空",
    "a folder cannot be shown without a window": "没有窗口时无法显示文件夹",
    "a frame rate of {fps} is out of range": "帧率 {fps} 超出范围",
    "a message between Blender and its engine cannot be read ({why})": "无法读取 Blender 与其引擎之间的消息（{why}）",
    "a message of {n} characters is too long": "{n} 个字符的消息过长",
    "a pin's fade of {fade:.2f} s is too long for the speech ({speech:.2f} s)": (
        "{fade:.2f} 秒的淡化对语音（{speech:.2f} 秒）来说太长"
    ),
    "a pin's fade of {fade} s is out of range": "钉住项的淡化 {fade} 秒超出范围",
    "a pin's start is not a number": "钉住项的开始不是数值",
    "a pin's strength has {n} values": "钉住项的强度有 {n} 个值",
    "a pin's strength of {strength} is out of range": "钉住项的强度 {strength} 超出范围",
    "a pinned clip from {start:.2f} s to {end:.2f} s lies outside the speech (0 to {speech:.2f} s)": (
        "{start:.2f} 秒到 {end:.2f} 秒的钉住剪辑位于语音（0 到 {speech:.2f} 秒）之外"
    ),
    "a pinned clip has fewer than two frames": "钉住的剪辑少于两帧",
    "a pinned clip has none of the character's joints": "钉住的剪辑没有角色的任何关节",
    "a pinned clip of {clip:.2f} s is longer than the speech ({speech:.2f} s)": (
        "{clip:.2f} 秒的钉住剪辑比语音（{speech:.2f} 秒）长"
    ),
    "a pose to sit in lacks {names}": "坐姿缺少 {names}",
    "a take with a voice cannot loop": "有语音的镜次不能循环",
    "a time is out of range": "有一个时间超出范围",
    "action '{name}' moves neither an arm nor the head": "动作“{name}”既不移动手臂也不移动头部",
    "add a tier of words": "请添加一个词层",
    "add it to the text": "请把它加入文本",
    "add one in the sequencer, or choose another source": "在序列编辑器中添加，或选择其他来源",
    "add one in the text editor": "在文本编辑器中添加",
    "add one there, or choose File under Speech": "请在其中添加一个，或在“语音”下选择“文件”",
    "add one to its action where the gesture is strongest": "在手势最强处为其动作添加一个",
    "add one with M, named as the word that is said there": "按 M 添加，以该处所说的词命名",
    "add one, or look at something else": "请添加一台，或注视其他东西",
    "add the clip to its NLA, or use Remove Pin": "请将剪辑添加到其 NLA，或使用“移除钉住项”",
    "add them to its list of bones": "请把它们加入骨骼列表",
    "an NLA strip of '{name}' is being tweaked": "“{name}”的 NLA 片段正在调整中",
    "an NLA strip of the character is being tweaked": "角色的 NLA 片段正在调整中",
    "an NLA track of '{name}' plays solo": "“{name}”的 NLA 轨道正在孤立播放",
    "an idle of {seconds:g} s is out of range": "{seconds:g} 秒的待机超出范围",
    "an unexpected error occurred ({what})": "发生了意外错误（{what}）",
    "an unexpected error occurred in the engine ({why})": "引擎发生意外错误（{why}）",
    "and {n} more": "以及另外 {n} 个",
    "append the armature that it was made for": "追加制作它所用的骨架",
    "ask for frames from {low} to {high}": "请指定 {low} 到 {high} 的帧",
    "between {start} and {end} something is said that is not in the text": (
        "在 {start} 和 {end} 之间说了文本中没有的内容"
    ),
    "bone '{bend}' does not lie between '{first}' and '{last}'": "骨骼“{bend}”不在“{first}”和“{last}”之间",
    "bone '{bone}' stands for two joints": "骨骼“{bone}”被用于两个关节",
    "bone '{outer}' is above '{inner}', and should be below it": "骨骼“{outer}”在层级中位于“{inner}”之上，而应在其下",
    "bones of the gestures are locked and will be left alone ({bones})": "手势的骨骼已锁定，将保持原样（{bones}）",
    "bones of the list are no longer in the armature and will be left out ({bones})": (
        "列表中的骨骼已不在骨架中，将被略过（{bones}）"
    ),
    "built-in model": "内置模型",
    "change it again": "请再次更改",
    "change the take that it was made from": "请更改它所源自的镜次",
    "channel {number} of the sequencer has no sound strip": "序列编辑器的通道 {number} 没有声音片段",
    "check that Praat can open it": "请确认 Praat 能打开它",
    "check that it belongs to this recording": "请确认它属于这段录音",
    "check that it is a WebVTT file": "请确认它是 WebVTT 文件",
    "check that it is a subtitle file": "请确认它是字幕文件",
    "check the file": "检查该文件",
    "check the file with a JSON editor": "用 JSON 编辑器检查该文件",
    "check the file's times": "请检查文件中的时间",
    "check the path of the text": "请检查文本的路径",
    "character '{character}' has no voice: {why}": "角色“{character}”没有声音：{why}",
    "choose File under Speech to place another": "要放置另一个，请在“语音”下选择“文件”",
    "choose a Python program": "请选择一个 Python 程序",
    "choose a Python with torch and numpy, or let Set Up GPU make one": (
        "请选择装有 torch 和 numpy 的 Python，或用“设置 GPU”创建一个"
    ),
    "choose a file that exists": "请选择一个存在的文件",
    "choose a lost one": "请选择一个已丢失的",
    "choose a recording that is not empty": "请选择非空的录音",
    "choose a recording with a voice in it, or turn its level up": "请选择有人声的录音，或提高其音量",
    "choose an Audio2Gestures model in the preferences": "请在偏好设置中选择 Audio2Gestures 模型",
    "choose an Audio2Gestures model, or leave the idle out": "请选择 Audio2Gestures 模型，或不要待机",
    "choose an Audio2Gestures model, or let the character stand": ("请选择 Audio2Gestures 模型，或让角色站着"),
    "choose an armature under Character, or use Add Character": "请在“角色”下选择骨架，或使用“添加角色”",
    "choose another Python": "请选择另一个 Python",
    "choose another bone for it, or have the bones guessed again": "为其选择另一个骨骼，或重新猜测骨骼",
    "choose another file": "选择另一个文件",
    "choose another folder": "选择其他文件夹",
    "choose another name": "选择其他名称",
    "choose another one": "另选一个",
    "choose another one and generate again": "请选择另一个并重新生成",
    "choose another one for one of them": "为其中一个选择另一个骨骼",
    "choose another one in the preferences, or use the built-in one": "请在偏好设置中选择另一个，或使用内置模型",
    "choose another one under Speech": "请在“语音”下选择另一个",
    "choose another one under Speech, or none": "请在“语音”下选择另一个，或留空",
    "choose another one, or generate a new take": "请选择另一个，或生成新的镜次",
    "choose another one, or remove the pin": "请选择另一个，或移除钉住项",
    "choose another place": "请选择其他位置",
    "choose another pose": "请选择另一个姿势",
    "choose another recording": "请选择另一个录音",
    "choose another scene in the sequencer": "请在序列编辑器中选择另一个场景",
    "choose another seed": "请选择另一个随机种",
    "choose at least one above Generate Gestures": "请在“生成手势”上方至少选择一个",
    "choose hands or feet": "请选择手或脚",
    "choose it in the list of bones": "请在骨骼列表中选择",
    "choose it in the list of bones, or choose another armature": "在骨骼列表中选择，或选择另一个骨架",
    "choose none": "请不要选择任何风格",
    "choose one in the list": "请在列表中选择一个",
    "choose one in the list of takes": "请在镜次列表中选择一个",
    "choose one of a whole body": "请选择全身的姿势",
    "choose one of this file's texts": "选择此文件的一个文本",
    "choose one that ends in .blend": "选择以 .blend 结尾的",
    "choose one that exists": "选择存在的",
    "choose one that has them in the preferences": "请在偏好设置中选择有风格的模型",
    "choose one that it has": "请选择它拥有的骨骼",
    "choose one under Gaze and Face, or look at nothing": "请在“视线与面部”下选择一个，或不注视任何东西",
    "choose one under Speech": "请在“语音”下选择一个",
    "choose other bones for this limb": "为该肢体选择其他骨骼",
    "choose others above Generate Gestures": "请在“生成手势”上方选择其他部位",
    "choose others for them in the list of bones, or use Guess Again": "在骨骼列表中为其选择其他骨骼，或使用“重新猜测”",
    "choose others, or unpin it": "请选择其他部位，或取消钉住",
    "choose some, or mute the pin": "请选择一些部位，或屏蔽钉住项",
    "choose that model, or generate a new take": "请选择该模型，或生成新的镜次",
    "choose that one in the preferences, or use Generate Gestures for new motion": (
        "请在偏好设置中选择该模型，或用“生成手势”制作新的动作"
    ),
    "choose that one under Speech, or use Generate Gestures for a new take": (
        "请在“语音”下选择该语音，或用“生成手势”制作新镜次"
    ),
    "choose that one under Speech, or use Update Take for a new take with its gestures": (
        "请在“语音”下选择该语音，或用“更新镜次”制作保留其手势的新镜次"
    ),
    "choose that version's product.safetensors in the preferences, or use Generate Gestures for new motion": (
        "请在偏好设置中选择该版本的 product.safetensors，或用“生成手势”制作新的动作"
    ),
    "choose the armature of somebody who stands upright at rest": "选择静止时直立的角色的骨架",
    "choose the speech of another one, or look at something else": "请选择另一个角色的语音，或注视其他东西",
    "choose them in the list of bones": "请在骨骼列表中选择它们",
    "click a bone there first": "请先在那里点击一根骨骼",
    "click one first": "请先点击一根",
    "click one there": "请在那里单击一个",
    "clip '{name}' has animated strip time": "剪辑“{name}”的播放时间带有动画",
    "clip '{name}' has modifiers of its own": "剪辑“{name}”带有自己的修改器",
    "clip '{name}' is added to what lies below it": "剪辑“{name}”叠加在下层内容之上",
    "clip '{name}' lies in a reversed meta strip": "剪辑“{name}”位于反向的复合片段中",
    "clip '{name}' turns '{bone}', which has no effect while '{property}' of '{switch}' is not {value}": (
        "剪辑“{name}”旋转了“{bone}”，但在“{switch}”的“{property}”不为 {value} 时没有效果"
    ),
    "close other programs that use it, or use this computer's CPU": "请关闭使用显卡的其他程序，或使用此计算机的 CPU",
    "constraints or drivers turn bones of the gestures ({bones})": "约束或驱动器转动了手势的骨骼（{bones}）",
    "convert it to WAV": "请将其转换为 WAV",
    "convert it to WAV, or keep File under Speech": "请将其转换为 WAV，或在“语音”下保留“文件”",
    "correct or remove those frames": "请修正或去掉这些帧",
    "drag a preview range in the timeline with P": "请在时间线中按 P 拖出预览范围",
    "drag it over the take with P in the timeline": "请在时间线中按 P 将其拖到镜次上",
    "drag it over what is said with P in the timeline": "请在时间线中按 P 拖选有语音的部分",
    "enough to work with, a second of speech takes {seconds:.2f} s": "可以工作，一秒语音需要 {seconds:.2f} 秒",
    "every character of the scene is animated already, or hidden": "场景中的每个角色都已有动画或已隐藏",
    "exactly one NLA strip of the character must be selected": "选中的角色 NLA 片段不是恰好一个",
    "exchange them in the list of bones, or choose the bones again": "在骨骼列表中交换，或重新选择骨骼",
    "export it again, with a usual one such as 48000 Hz": "请以常用的采样率（如 48000 Hz）重新导出",
    "export it with a rest pose that stands upright": "请以直立的静置姿态导出",
    "export it with its bone lengths": "请连同骨骼长度一起导出",
    "export it with right-handed axes": "请以右手坐标系导出",
    "export the recording again": "请重新导出录音",
    "fast enough, a second of speech takes {seconds:.2f} s": "足够快，一秒语音需要 {seconds:.2f} 秒",
    "find it with Find Speech File": "请用“查找语音文件”查找",
    "find its file there, or make the sound local first": "请在来源文件中查找，或先将声音转为本地项",
    "frames {first} to {stop} lie outside the speech": "第 {first} 到 {stop} 帧位于语音之外",
    "free some space": "请腾出一些空间",
    "free some space on the disk": "请腾出一些磁盘空间",
    "free some space, or choose an existing Python": "请腾出一些空间，或选择现有的 Python",
    "generate a new one": "请生成一个新的",
    "generate a new take": "请生成新的镜次",
    "gestures are being generated": "正在生成手势",
    "give 0 (loose) to 1 (exact)": "请给出 0（松散）到 1（精确）的值",
    "give 0 to {most:g} seconds": "请给出 0 到 {most:g} 秒",
    "give a clip of somebody who stands upright, with Y up": "请给出人物直立且 Y 轴朝上的剪辑",
    "give a clip with animation": "请给出带动画的剪辑",
    "give a number, or one per frame": "请给出一个数值，或每帧一个",
    "give a second of it": "请给出其中的某一秒",
    "give a whole body whose joints have the SMPL-X names": "请给出关节采用 SMPL-X 名称的完整身体",
    "give an npz that says its frames per second there": "请给出在其中写明每秒帧数的 npz",
    "give an npz with 'poses' (T, 165) and 'mocap_frame_rate'": "请给出含有“poses”(T, 165) 和“mocap_frame_rate”的 npz",
    "give frames per second, such as 30": "请给出每秒帧数，例如 30",
    "give it to one": "只分配给其中一个",
    "give its start in seconds": "请以秒给出其开始",
    "give left, right or both": "请给出 left、right 或 both",
    "give one of Whisper, WhisperX, Vosk, AWS Transcribe or ElevenLabs, or subtitles": (
        "请给出 Whisper、WhisperX、Vosk、AWS Transcribe 或 ElevenLabs 的文件，或字幕"
    ),
    "give one of each per joint": "请为每个关节各给出一个",
    "give one, or one per frame of its clip": "请给出一个，或为其剪辑每帧给出一个",
    "give seconds, 0 or more": "请给出 0 或更大的秒数",
    "give the 52 or 55 SMPL-X joints": "请给出 SMPL-X 的 52 或 55 个关节",
    "give the map the name of its file": "将映射命名为其文件名",
    "give the text of one recording": "请给出一段录音的文本",
    "give the text of what is said": "请给出所说内容的文本",
    "give {kinds}": "请给出 {kinds}",
    "give {known}": "请给出 {known}",
    "go there with Tab": "请按 Tab 切换",
    "go to the next one instead": "请改为转到下一个",
    "have the bones guessed again": "请重新猜测骨骼",
    "hear it again for this model": "请为此模型重新聆听",
    "install one from python.org, or choose a Python that has torch": (
        "请从 python.org 安装一个，或选择装有 torch 的 Python"
    ),
    "install the add-on again": "请重新安装插件",
    "invert the other one to hear both": "如需两者都用，请反转另一声道的极性",
    "it cannot be told what was edited in take '{name}'": "无法判断镜次“{name}”中编辑了什么",
    "it cannot be told which way is up": "无法判断哪个方向朝上",
    "it does not begin with WEBVTT": "它不是以 WEBVTT 开头",
    "it has no 'mocap_frame_rate'": "其中没有“mocap_frame_rate”",
    "it has no 'poses'": "其中没有“poses”",
    "it has no frames": "它没有任何帧",
    "it has no subtitles": "其中没有字幕",
    "it is no transcript of a kind that is known": "它不是已知类型的转写",
    "it is not JSON, or only a part of it": "它不是 JSON，或只是其中一部分",
    "it is not UTF-8 text": "它不是 UTF-8 文本",
    "it is not a TextGrid": "它不是 TextGrid",
    "it is not a text": "它不是文本",
    "its feet point backwards in its rest pose": "静置姿态中双脚朝后",
    "key that property in the clip, or choose other body parts for it": (
        "请在剪辑中为该属性添加关键帧，或为它选择其他身体部位"
    ),
    "leave it out of the text if it is not said": "如果没有说，请从文本中删去",
    "leave it with Tab": "请按 Tab 离开",
    "leave it with Tab in the NLA editor": "请在 NLA 编辑器中按 Tab 离开",
    "left and right are exchanged ('{bone}' lies on the other side)": "左右颠倒（“{bone}”位于另一侧）",
    "let it begin earlier or later": "请让其更早或更晚开始",
    "let it end after it starts": "让结束晚于开始",
    "let it end after its start": "请让其在开始之后结束",
    "let it end in .blend": "让它以 .blend 结尾",
    "let it show its pose again": "请让其重新显示姿态",
    "let only an idle loop": "只让待机循环",
    "let them be free first": "请先解除占用",
    "list every parent before its children": "请将每个父级列在其子级之前",
    "list the bones from the hips to the head under 'spine' and 'neck'": "在“spine”和“neck”下列出从髋部到头部的骨骼",
    "look at the log, or choose an existing Python": "请查看日志，或选择现有的 Python",
    "make a library override of it first": "请先为其创建库重写",
    "make it local first": "请先将其转为本地项",
    "make the strip longer": "延长片段",
    "make the strip longer, or unpin it": "请延长片段，或取消钉住",
    "mark one that does": "标记会移动的动作",
    "move it there or unpin it": "请将其移到该处，或取消钉住",
    "move its other strips out of the way": "请移开其他片段",
    "move the clip onto the speech": "请将剪辑移到语音上",
    "mute it instead": "请改为将其屏蔽",
    "mute it, or delete it there": "请将其屏蔽，或在来源文件中删除",
    "mute it, or set its Blending to Replace or Combine": "请将其屏蔽，或将其混合设为“替换”或“合并”",
    "mute its pin instead": "请改为屏蔽其钉住项",
    "mute the pins, or choose an Audio2Gestures model": "请屏蔽钉住项，或选择 Audio2Gestures 模型",
    "name one to write to": "请指定要写入的文件",
    "name them as ARKit does, such as eyeBlinkLeft and jawOpen": "请按 ARKit 的方式命名，例如 eyeBlinkLeft 和 jawOpen",
    "no IK controls of this rig are known": "未知此绑定的 IK 控制器",
    "no NLA strip of the character is being tweaked": "角色没有正在调整的 NLA 片段",
    "no NLA strip of the character is selected": "未选中角色的 NLA 片段",
    "no NLA track of the character plays solo": "角色没有孤立播放的 NLA 轨道",
    "no Python from {oldest} to {newest} was found to set up the engine with": (
        "未找到可用于安装引擎的 Python {oldest} 到 {newest}"
    ),
    "no action of the character is selected": "未选择角色的动作",
    "no armature of this file has the bones of '{name}'": "此文件中没有骨架具有“{name}”的骨骼",
    "no body part is chosen": "没有选择身体部位",
    "no bone is an eye of this character: its head turns alone": "此角色没有眼睛骨骼：只有头部会转动",
    "no bone is the jaw of this character": "此角色没有下颌骨骼",
    "no bone of '{name}' is active": "“{name}”没有活动的骨骼",
    "no bone was found for the head": "未找到头部的骨骼",
    "no bone was found for the hips": "未找到髋部的骨骼",
    "no bones were found for an arm": "未找到手臂的骨骼",
    "no character is chosen": "未选择角色",
    "no clip is pinned": "没有钉住的剪辑",
    "no constraint or driver turns these bones": "没有约束或驱动器转动这些骨骼",
    "no file is given": "未给出文件",
    "no file of the speech is missing": "没有缺失的语音文件",
    "no file was named": "未指定文件",
    "no finished take is kept on this computer": "此计算机上没有保留已完成的镜次",
    "no gesture is selected": "未选择手势",
    "no gesture model": "没有手势模型",
    "no gesture was placed yet": "尚未放置手势",
    "no gesture was suggested yet": "尚未建议手势",
    "no log file is written": "未写入日志文件",
    "no marker with words lies over the speech": "语音上没有带词语的标记",
    "no mesh shows how wide the character is": "没有网格显示角色有多宽",
    "no object to look at is chosen": "没有选择要注视的物体",
    "no other character has a voice": "没有其他角色有语音",
    "no pin is chosen": "未选择钉住项",
    "no pin of the character is lost": "角色没有丢失的钉住项",
    "no pinned NLA strip of the character is selected": "未选中角色已钉住的 NLA 片段",
    "no range is selected": "未选择范围",
    "no shape key follows this character": "没有形态键跟随此角色",
    "no shape key of this character's meshes is known by its name to close the eyes, turn them or open the jaw": (
        "此角色的网格中，没有形态键能按名称识别为闭眼、转眼或张开下颌"
    ),
    "no speech file is chosen": "未选择语音文件",
    "no strip with sound is active in the sequencer": "序列编辑器中没有活动的有声片段",
    "no take has been generated yet": "尚未生成镜次",
    "no take is chosen": "未选择镜次",
    "no take of the character needs this": "角色没有需要此操作的镜次",
    "no take of the character plays": "角色没有正在播放的镜次",
    "no text strip with words lies over the speech": "语音上没有带词语的文本片段",
    "no word lies in what is heard of the speech": "所听到的语音中没有词语",
    "nobody stands as it does in its rest pose": "其静置姿态不是人的站立姿态",
    "none of the chosen body parts can be moved": "所选的身体部位都无法移动",
    "nothing was clicked": "没有点击任何内容",
    "click an accent in the NLA editor or the sequencer": "请在 NLA 编辑器或序列编辑器中点击一个重音",
    "an accent is at no time": "重音没有时间",
    "an accent's strength of {strength:g} is out of range": "重音强度 {strength:g} 超出范围",
    "change others there": "请在那里更改其他重音",
    "give seconds from the beginning of the speech": "请给出从语音开头算起的秒数",
    "go to one: the lanes of NLA editor and sequencer show them": (
        "请移到某个重音：NLA 编辑器和序列编辑器的轨带中会显示"
    ),
    "make it stronger": "请加强它",
    "make it stronger or weaker": "请加强或减弱它",
    "no accent is near this frame": "此帧附近没有重音",
    "raise Energy for more movement everywhere": "提高力度可让各处动作更大",
    "this accent is as it is heard": "此重音与所听一致",
    "this accent is as strong as it can be": "此重音已达到最强",
    "this accent is as weak as it can be": "此重音已达到最弱",
    "{number} of the accents that you changed are not in this recording": "您更改的重音中有 {number} 个不在此录音中",
    "nothing is being generated": "没有正在进行的生成",
    "nothing is known of how the character sits": "不知道角色如何坐着",
    "nothing is said in the selected range": "所选范围内没有语音",
    "nothing is said in this take": "此镜次中没有语音",
    "now": "现在",
    "others drive, key or own these shape keys already ({names})": (
        "这些形态键已被他处驱动、设置关键帧或拥有（{names}）"
    ),
    "pin '{name}' comes from the linked file": "钉住项“{name}”来自关联的文件",
    "pin '{name}' is not lost": "钉住项“{name}”没有丢失",
    "pin a clip made for it, or unpin it": "请钉住为其制作的剪辑，或取消钉住",
    "pin a clip that moves its body": "请钉住能让其身体运动的剪辑",
    "pin a longer clip": "请钉住更长的剪辑",
    "pinned clip '{name}' has no body part to follow it": "没有身体部位跟随钉住的剪辑“{name}”",
    "pinned clip '{name}' is shorter than two frames": "钉住的剪辑“{name}”短于两帧",
    "pinned clip '{name}' keys rotations of another kind than its bones are set to": (
        "钉住的剪辑“{name}”的旋转类型与其骨骼的设置不同"
    ),
    "pinned clip '{name}' lies outside the speech (frames {first} to {last})": (
        "钉住的剪辑“{name}”位于语音之外（第 {first} 到 {last} 帧）"
    ),
    "pinned clip '{name}' turns no bone of the body parts chosen for it": (
        "钉住的剪辑“{name}”没有旋转所选身体部位的任何骨骼"
    ),
    "pinned clip '{name}' turns none of the character's bones": "钉住的剪辑“{name}”没有旋转角色的任何骨骼",
    "pinned clips have changed since this take was made ({names})": "钉住的剪辑在制作此镜次之后发生了变化（{names}）",
    "put back its file '{name}.py', or generate a new take": "请放回其文件“{name}.py”，或生成新的镜次",
    "raise Variation, choose a longer part, or use another seed": "请提高“变化”、选择更长的部分，或使用另一个随机种",
    "read docs/manual in the add-on's repository": "请阅读插件仓库中的 docs/manual",
    "remove them from the strip": "请将其从片段中移除",
    "remove them from the take first": "请先将其从镜次中移除",
    "report this as a bug": "请将此作为错误报告",
    "reset its scale, repeat and reversal in the NLA editor": "请在 NLA 编辑器中重置其缩放、重复和反向",
    "restart it, or use this computer's CPU": "请将其重启，或使用此计算机的 CPU",
    "restart the engine": "请重启引擎",
    "reverse the clip itself": "请将剪辑本身反向",
    "rig map '{file}' cannot be read ({reason})": "无法读取绑定映射“{file}”（{reason}）",
    "rig map '{file}' cannot be read as JSON ({reason})": "无法将绑定映射“{file}”作为 JSON 读取（{reason}）",
    "rig map '{file}' gives bone '{bone}' to '{first}' and '{second}'": (
        "绑定映射“{file}”将骨骼“{bone}”同时分配给“{first}”和“{second}”"
    ),
    "rig map '{file}' has '{joint}' under '{key}'": "绑定映射“{file}”的“{key}”下有“{joint}”",
    "rig map '{file}' has format {format}": "绑定映射“{file}”的格式为 {format}",
    "rig map '{file}' has no valid '{key}'": "绑定映射“{file}”没有有效的“{key}”",
    "rig map '{file}' has the unknown joint '{joint}' under '{key}'": "绑定映射“{file}”的“{key}”下有未知关节“{joint}”",
    "rig map '{file}' has the unknown key '{key}'": "绑定映射“{file}”有未知的键“{key}”",
    "rig map '{file}' is named '{name}' inside": "绑定映射“{file}”内部名为“{name}”",
    "rig map '{file}' is too large": "绑定映射“{file}”过大",
    "save it as UTF-8": "请存为 UTF-8",
    "see 'Rig maps' in the manual": "参见手册中的“Rig maps”",
    "select NLA strips of it and use Pin Selected Strips": "请选择其 NLA 片段并使用“钉住选中的片段”",
    "select NLA strips of the character and use Pin Selected Strips": "请选择角色的 NLA 片段并使用“钉住选中的片段”",
    "select one in the NLA editor": "请在 NLA 编辑器中选择一个",
    "select one that plays an action": "请选择一个播放动作的片段",
    "select strips of it in the NLA editor, or key a gesture": "在 NLA 编辑器中选择其片段，或为手势打关键帧",
    "select the one to follow": "请选择要跟随的片段",
    "select the strip of one in the NLA editor": "在 NLA 编辑器中选择其片段",
    "the armature has no arms to measure a body by": "骨架没有可用来测量身体的手臂",
    "choose their bones in the list of bones": "请在骨骼列表中选择它们的骨骼",
    "the body of the character was not measured": "尚未测量角色的身体",
    "the measured body of the character cannot be read": "无法读取角色测得的身体",
    "use Measure Hand Clearance": "请使用“测量双手间距”",
    "set Hand Clearance yourself": "请自行设置双手间距",
    "set its Blending to Replace": "请将其混合设为“替换”",
    "set the bones to that Rotation Mode, or use Generate Gestures for a new take": (
        "请将骨骼设为该旋转模式，或使用“生成手势”制作新镜次"
    ),
    "set the bones to the Rotation Mode that it was keyed in, or unpin it": (
        "请将骨骼设为其关键帧所用的旋转模式，或取消钉住"
    ),
    "set the scene's frame rate back, or use Generate Gestures for a new take": (
        "请恢复场景的帧率，或用“生成手势”制作新镜次"
    ),
    "set the scene's frame rate to that, or choose another take": "请将场景设为该帧率，或选择另一个镜次",
    "set them back, or choose an Audio2Gestures model": "请将其恢复，或选择 Audio2Gestures 模型",
    "shorten the fade": "请缩短淡化",
    "slow, a second of speech takes {seconds:.1f} s; sliders will follow late": (
        "较慢，一秒语音需要 {seconds:.1f} 秒；滑块的响应会滞后"
    ),
    "sound '{name}' is linked from another file": "声音“{name}”关联自另一个文件",
    "sound strip '{name}' has no sound": "声音片段“{name}”没有声音",
    "sound strip '{name}' is muted or hidden by its meta strip": "声音片段“{name}”被屏蔽或被其复合片段隐藏",
    "sound strip '{name}' is retimed in a way that cannot be followed": "声音片段“{name}”的重定时方式无法跟随",
    "speech '{name}' is {now} frames long, but its take was made for {then}": (
        "语音“{name}”长 {now} 帧，但其镜次是为 {then} 帧制作的"
    ),
    "strip '{name}' has no pose marker '{marker}'": "片段“{name}”没有姿态标记“{marker}”",
    "strip '{name}' is pinned already": "片段“{name}”已被钉住",
    "strip '{name}' lies in a meta strip": "片段“{name}”位于元片段中",
    "strip '{name}' plays in a way that cannot be baked (only plain strips that replace or combine can)": (
        "片段“{name}”的播放方式无法烘焙（只支持替换或合并的普通片段）"
    ),
    "strip '{strip}' holds its pose (Extrapolation: Hold) over take '{name}' and hides it": (
        "片段“{strip}”在镜次“{name}”上保持其姿态（外插：保持）并将其遮盖"
    ),
    "strip '{strip}' lies over all of take '{name}' and hides it": "片段“{strip}”位于整个镜次“{name}”之上并将其遮盖",
    "take '{name}' does not play at its own speed": "镜次“{name}”没有以其自身速度播放",
    "take '{name}' has fewer keys, to be edited by hand": "镜次“{name}”的关键帧已减少，供手动编辑",
    "take '{name}' holds keys of your own on '{bone}'": "镜次“{name}”在“{bone}”上含有您自己的关键帧",
    "take '{name}' is combined with what lies below it, which IK controls cannot be": (
        "镜次“{name}”与其下方的内容合并，而 IK 控制器无法合并"
    ),
    "take '{name}' is linked from another file": "镜次“{name}”关联自另一个文件",
    "take '{name}' is not written as IK": "镜次“{name}”未写为 IK",
    "take '{name}' is written as IK, and can be changed as FK only": "镜次“{name}”已写为 IK，只能以 FK 更改",
    "take '{name}' keys none of the limbs chosen whose IK controls are known": (
        "镜次“{name}”没有为任何所选且 IK 控制器已知的肢体设置关键帧"
    ),
    "take it out of there first": "请先将其取出",
    "the NLA of '{name}' is turned off": "“{name}”的 NLA 已关闭",
    "the NLA of the character is on": "角色的 NLA 已开启",
    "the NLA track of take '{name}' is muted": "镜次“{name}”的 NLA 轨道已屏蔽",
    "the TextGrid has no tier with words": "TextGrid 中没有含词的层",
    "no word of the text is heard": "听不到文本中的任何词",
    "the action of '{name}' is linked from another file": "“{name}”的动作关联自另一个文件",
    "the active action '{name}' would hide the gestures": "活动动作“{name}”会遮盖手势",
    "the body does not rise from the hips ('{pelvis}') to the head ('{head}')": (
        "身体没有从髋部（“{pelvis}”）向头部（“{head}”）直立"
    ),
    "the built-in gesture model is used already": "已在使用内置手势模型",
    "the channels of '{name}' cancel each other out, so that only the loudest one is heard": (
        "“{name}”的各声道互相抵消，因此只使用最响的声道"
    ),
    "the character has an active action, which the baked one would replace": "角色有活动动作，会被烘焙的动作替换",
    "the character has no active action": "角色没有活动动作",
    "the character has no bones for '{name}'": "角色没有用于“{name}”的骨骼",
    "the character has no pin": "角色没有钉住项",
    "the character has no strip without a pin": "角色没有未钉住的片段",
    "the character has no take": "角色没有镜次",
    "the character has no take '{name}'": "角色没有镜次“{name}”",
    "the character is not in Edit Mode": "角色不在编辑模式",
    "the character is not in Rest Position": "角色不在静置位置",
    "the character is not linked from another file": "角色并非关联自另一个文件",
    "the character was deleted meanwhile": "角色在此期间被删除",
    "the character's list of bones cannot be read ({why})": "无法读取角色的骨骼列表（{why}）",
    "the disk has {free:.1f} GB of free space and the engine needs {size:.1f} GB": (
        "磁盘有 {free:.1f} GB 可用空间，而引擎需要 {size:.1f} GB"
    ),
    "the emphasis of '{name}' is cut off": "“{name}”的重点被裁掉了",
    "the engine and the add-on have different versions": "引擎与插件的版本不同",
    "the engine could not be set up ({why})": "无法安装引擎（{why}）",
    "the engine does not answer": "引擎没有响应",
    "the engine is being set up": "正在安装引擎",
    "the engine is not being set up": "没有正在安装引擎",
    "the engine is not running": "引擎未运行",
    "the engine reported an error that cannot be read": "引擎报告了无法读取的错误",
    "the engine stopped (status {status})": "引擎已停止（状态 {status}）",
    "the engine stopped ({why})": "引擎已停止（{why}）",
    "the engine was killed, perhaps because memory ran out": "引擎被强制终止，可能是内存不足",
    "the engine's Python '{path}' cannot be started ({why})": "无法启动引擎的 Python“{path}”（{why}）",
    "the engine's Python '{path}' is missing": "引擎的 Python“{path}”缺失",
    "the engine's Python cannot load torch ({why})": "引擎的 Python 无法加载 torch（{why}）",
    "the file '{name}' between Blender and its engine cannot be read ({why})": (
        "无法读取 Blender 与其引擎之间的文件“{name}”（{why}）"
    ),
    "the file of sound strip '{name}' is missing ('{path}')": "声音片段“{name}”的文件缺失（“{path}”）",
    "the folder '{path}' cannot be written ({why})": "无法写入文件夹“{path}”（{why}）",
    "the gesture model '{name}' makes 2-D key points, not body motion": (
        "手势模型“{name}”生成的是 2D 关键点，而不是身体动作"
    ),
    "the gesture model cannot be used ({why})": "无法使用手势模型（{why}）",
    "the gesture model is missing": "手势模型缺失",
    "the graphics card has too little free memory": "显卡的可用内存过少",
    "the graphics card's engine is not set up": "显卡引擎尚未安装",
    "the header of '{name}' is damaged": "“{name}”的文件头已损坏",
    "the kept take is damaged": "保留的镜次已损坏",
    "the kept take is for a body that this version does not know ({names})": (
        "保留的镜次所用的身体不受此版本支持（{names}）"
    ),
    "the kept take was made by a newer version of Audio2Gestures": "保留的镜次由更新版本的 Audio2Gestures 制作",
    "the kept take was made for {made:g} frames per second, but the scene plays {now:g}": (
        "保留的镜次按每秒 {made:g} 帧制作，而场景为每秒 {now:g} 帧"
    ),
    "the list of bones has no row '{row}'": "骨骼列表没有“{row}”这一行",
    "the list of bones names '{bone}', which the armature does not have": "骨骼列表中的“{bone}”在骨架中不存在",
    "the list of bones was not corrected": "骨骼列表未被更正",
    "the manual is not installed": "手册未安装",
    "the motion contains values that are not finite": "动作包含非有限的值",
    "the motion diverged by frame {frame}": "动作在第 {frame} 帧之前发散",
    "the plan of a performance is damaged": "表演的计划已损坏",
    "the plan of this take was made with another model": "此镜次的计划是用另一个模型制作的",
    "this take does not know everybody who takes part by now ({names})": "此镜次不认识现在参与的所有角色 ({names})",
    "the scene has become longer than the idle of this take": "场景已变得比此镜次的待机更长",
    "the scene has no camera to look at": "场景中没有可注视的摄像机",
    "the scene's range is empty": "场景范围为空",
    "the selected range lies outside the take": "选中的范围位于镜次之外",
    "the sequencer has no sound strip": "序列编辑器没有声音片段",
    "the sequencer has no sound strip '{name}'": "序列编辑器没有声音片段“{name}”",
    "the sequencer's scene '{name}' is linked from another file": "序列编辑器的场景“{name}”关联自另一个文件",
    "the skeleton has no fingers to make key points of": "骨架没有可用于生成关键点的手指",
    "the skeleton's joints are out of order": "骨架关节的顺序不正确",
    "the skeleton's names, parents and offsets differ in length": "骨架的名称、父级和偏移数量不一致",
    "the speech contains samples that are not finite or far too large": "语音包含非有限或过大的值",
    "the speech has no samples": "语音没有音频数据",
    "the speech is in the sequencer already": "语音已在序列编辑器中",
    "the speech is not the one that this take was made for ('{name}')": "语音不是制作此镜次时所用的语音（“{name}”）",
    "the speech is silent": "语音是静音的",
    "the speech lies outside Blender's timeline (frames {first} to {last})": (
        "语音位于 Blender 的时间线之外（第 {first} 到 {last} 帧）"
    ),
    "the speech was heard at {heard:g} frames per second, but this model works at {model:g}": (
        "语音以每秒 {heard:g} 帧聆听，而此模型使用每秒 {model:g} 帧"
    ),
    "the speech was moved to frame {now}, but take '{name}' begins on frame {then}": (
        "语音已移到第 {now} 帧，但镜次“{name}”从第 {then} 帧开始"
    ),
    "the strip of this pin is gone": "此钉住项的片段已不存在",
    "the take keys rotations of another kind than its bones are set to ({bones})": (
        "该镜次所键的旋转类型与其骨骼的设置不同（{bones}）"
    ),
    "the take was deleted meanwhile": "镜次在此期间被删除",
    "the take was edited meanwhile": "镜次在此期间被编辑",
    "the text does not seem to be what is said": "文本似乎不是所说的内容",
    "the text has no words": "文本中没有词",
    "the text is too long for the speech": "文本对语音来说太长",
    "the words are those of another recording": "这些词语属于另一段录音",
    "the words of the speech are not known": "语音的词语未知",
    "there is no character in the scene": "场景中没有角色",
    "there is no file '{path}'": "没有文件“{path}”",
    "there is no folder '{path}'": "没有文件夹“{path}”",
    "there is no gesture '{name}'": "没有手势“{name}”",
    "there is no gesture model '{path}'": "没有手势模型“{path}”",
    "there is no lexicon of '{language}'": "没有“{language}”的词典",
    "there is no log": "没有日志",
    "there is no memory to free": "没有可释放的内存",
    "there is no text '{path}'": "没有文本“{path}”",
    "there is nothing to cancel": "没有可取消的内容",
    "there is nothing to change": "没有可更改的内容",
    "there is nothing to find": "没有可查找的内容",
    "there is nothing to forget": "没有可放弃的内容",
    "there is nothing to leave": "没有可离开的内容",
    "there is nothing to move to the NLA": "没有可移到 NLA 的内容",
    "there is nothing to mute": "没有可屏蔽的内容",
    "there is nothing to override": "没有可重写的内容",
    "there is nothing to relink": "没有可重新关联的内容",
    "there is nothing to restart": "没有可重启的内容",
    "there is nothing to turn off": "没有可关闭的内容",
    "there is nothing to turn on": "没有可开启的内容",
    "this computer's CPU generates gestures": "手势由此计算机的 CPU 生成",
    "this computer's CPU generates gestures already": "手势已由此计算机的 CPU 生成",
    "this file has no text": "此文件没有文本",
    "this is the phrase's first performance": "这是该语句的第一个表演",
    "this model cannot follow pinned clips": "此模型无法跟随钉住的剪辑",
    "this model cannot idle": "此模型不能待机",
    "this model cannot regenerate a part of a take": "此模型无法重新生成镜次的一部分",
    "this model cannot sit": "此模型不能坐",
    "this model has no style '{style}'": "此模型没有风格“{style}”",
    "this model has no styles": "此模型没有风格",
    "this model lacks the controls {names}": "此模型没有滑块 {names}",
    "this model makes 2-D key points, not the motion of a skeleton": "此模型生成的是 2D 关键点，而不是骨架的动作",
    "this part of the take has no other performance": "镜次的这一部分没有其他表演",
    "this take follows its pins as an earlier version did, with all of the body": (
        "此镜次仍按早期版本的方式以全身跟随固定片段"
    ),
    "this take has no record of how it was made": "此镜次没有记录其制作方式",
    "this take is no longer kept": "此镜次已不再保留",
    "this take was edited by hand": "此镜次经过手动编辑",
    "this take was made by a newer version of Audio2Gestures": "此镜次由更新版本的 Audio2Gestures 制作",
    "this take was made for {made:g} frames per second, but the scene plays {now:g}": (
        "此镜次按每秒 {made:g} 帧制作，而场景为每秒 {now:g} 帧"
    ),
    "this take was made with another gesture model ('{name}')": "此镜次由另一个手势模型（“{name}”）制作",
    "this take was made with the slider '{name}', which is not installed": "此镜次是用未安装的滑块“{name}”制作的",
    "this version reads 1 to {newest}; update Audio2Gestures": "此版本可读取 1 至 {newest}；请更新 Audio2Gestures",
    "trim the clip": "请裁剪剪辑",
    "turn it on in the NLA editor": "请在 NLA 编辑器中将其开启",
    "turn off its Animated Strip Time": "请关闭其动画的片段时间",
    "turn off its star in the NLA editor": "请在 NLA 编辑器中关闭其星标",
    "turn on Log File in the preferences, or use Copy Problem Report": (
        "请在偏好设置中开启“日志文件”，或使用“复制问题报告”"
    ),
    "turn on Preferences > System > Network > Allow Online Access, or choose an existing Python": (
        "请在偏好设置 > 系统 > 网络中允许联网，或选择现有的 Python"
    ),
    "two joints of the skeleton are in the same place": "骨架的两个关节位于同一位置",
    "undo their changes, or use Generate Gestures for a new take": "请撤销其更改，或用“生成手势”制作新镜次",
    "unlock their rotation in the sidebar, unless it is meant": "如果并非有意，请在侧边栏中解除其旋转锁定",
    "unmute it and its channel, or choose another one": "请取消屏蔽该片段及其通道，或选择另一个",
    "update the add-on": "请更新插件",
    "use Add Character": "请使用“添加角色”",
    "use Add Gesture at Playhead": "使用“在播放头添加手势”",
    "use Bake Gestures to Action": "请使用“将手势烘焙到动作”",
    "use Choose Style, or choose the model that has it in the preferences": (
        "请使用“选择风格”，或在偏好设置中选择有该风格的模型"
    ),
    "use Connect Shape Keys first": "请先使用“连接形态键”",
    "use Copy Problem Report": "请使用“复制问题报告”",
    "use Copy Problem Report instead": "请改用“复制问题报告”",
    "use Find Speech File": "请使用“查找语音文件”",
    "use Find Speech File, or choose another": "请使用“查找语音文件”，或选择另一个",
    "use Generate Gestures": "请使用“生成手势”",
    "use Generate Gestures again": "请再次使用“生成手势”",
    "use Generate Gestures for a new one": "请用“生成手势”制作新的",
    "use Generate Gestures for a new take, or choose an Audio2Gestures model": (
        "请用“生成手势”制作新镜次，或选择 Audio2Gestures 模型"
    ),
    "use Generate Gestures, or unmute a take": "请使用“生成手势”，或取消屏蔽某个镜次",
    "use Generate Idle for one of them": "对其中一个使用“生成待机”",
    "use Generate Idle or Generate Listening for another one": "请使用“生成待机”或“生成倾听”另作一个",
    "use Leave Tweak Mode": "请使用“离开调整模式”",
    "use Move Take Too, or move the speech back": "请使用“同时移动镜次”，或将语音移回",
    "use Move Take to Top, or mute it": "请使用“将镜次移到顶部”，或屏蔽该片段",
    "use Mute Constraints and Drivers, unless they are meant to": "若非有意如此，请使用“屏蔽约束和驱动器”",
    "use Object > Library Override > Make, or append it instead": "请使用物体 > 库重写 > 创建，或改为追加",
    "use Push Down Action first": "请先使用“下推动作块”",
    "use Push Down Action to keep it as an NLA strip": "请使用“下推动作块”将其保留为 NLA 片段",
    "use Read Words": "使用“读取词语”",
    "use Relink Pin or Remove Pin": "请使用“重新关联钉住项”或“移除钉住项”",
    "use Set Up GPU again": "请再次使用“设置 GPU”",
    "use Set Up GPU first": "请先使用“设置 GPU”",
    "use Set Up GPU, or choose another Python": "请使用“设置 GPU”，或选择另一个 Python",
    "use Set Up GPU, or this computer's CPU": "请使用“设置 GPU”或此计算机的 CPU",
    "use Strip > Retiming > Reset Retiming, or render the sound to a file and use that": (
        "请使用片段 > 重定时 > 重置重定时，或将声音渲染到文件并使用该文件"
    ),
    "use Suggest Gestures": "使用“建议手势”",
    "use Turn Off Hold or Move Take to Top": "请使用“关闭保持”或“将镜次移到顶部”",
    "use Turn Off Time Stretching": "请使用“关闭时间拉伸”",
    "use Unmute Track": "请使用“取消屏蔽轨道”",
    "use Update Take first, or generate a new take": "请先使用“更新镜次”，或生成新的镜次",
    "use Update Take for a changed copy of it": "请用“更新镜次”制作更改后的副本",
    "use Update Take, so that the character looks at them too": "请使用“更新镜次”，让角色也看向它们",
    "use Update Take for a new take with its gestures": "请用“更新镜次”制作保留其手势的新镜次",
    "use Update Words": "使用“更新词语”",
    "use Update Words, or untrim its strip": "使用“更新词语”，或取消片段的裁剪",
    "use Use Built-in Model in the preferences, or Generate Gestures for new motion": (
        "请在偏好设置中使用“使用内置模型”，或用“生成手势”制作新的动作"
    ),
    "use Write as FK, change it, and write it as IK again": "请使用“写为 FK”，更改后再写为 IK",
    "use Write as IK": "请使用“写为 IK”",
    "use a Rigify character, or a rig map that names them under 'ik'": (
        "请使用 Rigify 角色，或在“ik”下列出它们的绑定映射"
    ),
    "use generate_channels, or a 3-D model": "请使用 generate_channels 或 3D 模型",
    "use one of: {styles}": "请使用以下之一：{styles}",
    "use one that the manual names": "请使用手册中列出的名称",
    "use only {keys}": "只使用 {keys}",
    "use the names of SMPL-X joints": "使用 SMPL-X 的关节名称",
    "use values from {low:g} to {high:g}": "请使用 {low:g} 到 {high:g} 的值",
    "wait": "请等待",
    "wait, or cancel": "请等待或取消",
    "wave": "挥手",
    "wave big": "大幅挥手",
    "wave friendly": "友好挥手",
    "wave high": "高举挥手",
    "wave lively": "活泼挥手",
    "wave long": "长久挥手",
    "wave off": "摆手拒绝",
    "wave off low": "低位摆手",
    "wave off one hand": "单手摆手",
    "wave off wide": "大幅摆手",
    "we": "我们",
    "which way is left cannot be told without 'left_hip' and 'right_hip'": (
        "没有“left_hip”和“right_hip”，无法判断哪个方向朝左"
    ),
    "which way is up cannot be told without 'spine3', 'neck' or 'head'": (
        "没有“spine3”、“neck”或“head”，无法判断哪个方向朝上"
    ),
    "words are found without it, too": "没有它也能找到词语",
    "write it again": "请重新写出",
    "you": "你",
    "you both hands": "双手指你",
    "you point": "指向你",
    "write a number": "请写一个数字",
    "write a whole number": "请写一个整数",
    "'{name}' says line '{line}', and would listen to it": "'{name}'说台词'{line}'，却要听自己说",
    "name another listener": "请指定另一位听者",
    "write its name into the column character, or choose one": "请在列character中写上名称，或选择一个",
    "{done:.1f} of about {all:.1f} GB on the disk": "磁盘上已有约 {all:.1f} GB 中的 {done:.1f} GB",
    "{found} without {names}": "{found}，缺少{names}",
    "{found} · whole body": "{found} · 全身",
    "{found} · {n}/{total} bones": "{found} · {n}/{total} 根骨骼",
    "{n:.0f} d ago": "{n:.0f} 天前",
    "{n:.0f} h ago": "{n:.0f} 小时前",
    "{n:.0f} min ago": "{n:.0f} 分钟前",
    "{names} and {n} more": "{names} 以及另外 {n} 个",
    "{name} (lost)": "{name}（丢失）",
    "{name} (not followed)": "{name}（不跟随）",
    "{name} has shape {shape}": "{name} 的形状为 {shape}",
    "{name} is out of range": "{name} 超出范围",
    "{name}: frames {first} to {last}": "{name}：第 {first} 到 {last} 帧",
    "{n} gestures fit the words": "{n} 个手势适合这些词",
    "{n} gestures were written; add the folder under Preferences > File Paths > Asset Libraries to see them": (
        "已写入 {n} 个手势；在偏好设置 > 文件路径 > 资产库中添加该文件夹即可查看"
    ),
    "{n} shape keys follow from the next take on": "从下一个镜次起，{n} 个形态键将跟随",
    "{n} words are known": "已知 {n} 个词",
    "{n} words of '{name}' are known": "已知“{name}”的 {n} 个词",
    "{problem}; {hint}.": "{problem}；{hint}。",
    "Not verified: {rig}": "未经验证：{rig}",
    "{share:.0%} of the keys are left, at most {degrees:.2f}° and {centimetres:.2f} cm off": (
        "剩余 {share:.0%} 的关键帧，偏差最多 {degrees:.2f}°、{centimetres:.2f} 厘米"
    ),
    "{size:.1f} MB kept": "已保留 {size:.1f} MB",
}
