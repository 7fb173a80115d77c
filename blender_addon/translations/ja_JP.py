"""Japanese. As Blender's own translation says it; where there is a choice:"""

# Take: テイク · Pin: ピン、ピン止め · Pinned Clip: ピン止めしたクリップ · Seed: シード · Speech: スピーチ
# Strip: ストリップ · Fade: フェード · Energy: エネルギー · Calm: 落ち着き · Posture: 姿勢 · Variation: バリエーション
# Body Parts: 体の部位 · Layering: 重ね方 · performance: 演技

MESSAGES: dict[str, str] = {
    "'{line}' has no times that can be read": "「{line}」には読み取れる時刻がありません",
    "'{name}' at {time:.2f} s lies outside the speech": "「{name}」({time:.2f} 秒) は音声の外にあります",
    "'{name}' cannot be overridden": "「{name}」はオーバーライドできません",
    "'{name}' cannot be read to its end": "「{name}」を最後まで読み込めません",
    "'{name}' cannot have Z up": "'{name}' では Z を上にできません",
    "'{name}' does not end as a file that can be exported": "'{name}' の拡張子は書き出せる形式のものではありません",
    "'{name}' has a sample rate of {rate:g} Hz": "「{name}」のサンプルレートは {rate:g} Hz です",
    "'{name}' has gestures of your own: {names}": "'{name}' にはあなた自身のジェスチャーがあります: {names}",
    "'{name}' has no bone '{bone}'": "「{name}」にボーン「{bone}」がありません",
    "'{name}' has no samples": "「{name}」に音声データがありません",
    "'{name}' has no words": "「{name}」には単語がありません",
    "'{name}' is done with no hand '{hand}'": "「{name}」を行う手に「{hand}」はありません",
    "'{name}' is done with the head": "「{name}」は頭のジェスチャーです",
    "'{name}' is in Edit Mode": "「{name}」は編集モードです",
    "'{name}' is in Rest Position, and would not move": "「{name}」はレスト位置のため動きません",
    "'{name}' is in the sequencer, frames {first} to {last}": (
        "「{name}」をシーケンサーに配置しました（フレーム {first}～{last}）"
    ),
    "'{name}' is linked from another file": "「{name}」は別のファイルからリンクされています",
    "'{name}' is no name of a Blender file": "「{name}」はBlenderファイルの名前ではありません",
    "'{name}' is not UTF-8 text": "「{name}」はUTF-8テキストではありません",
    "'{name}' is not audio that Blender can read": "「{name}」はBlenderで読み込める音声ではありません",
    "'{name}' is not in Pose Mode": "「{name}」はポーズモードではありません",
    "'{name}' is of no kind that words are read from": "「{name}」は単語を読み取れる種類ではありません",
    "'{name}' is scaled by other factors along its axes": "'{name}' は軸ごとに異なるスケールになっています",
    "'{name}' is the file that is open": "「{name}」は開いているファイルです",
    "'{name}' is there already, and is not replaced": "「{name}」は既に存在し、置き換えられません",
    "'{name}' is too large for a text": "「{name}」はテキストとしては大きすぎます",
    "'{path}' cannot be run as a Python": "「{path}」をPythonとして実行できません",
    "'{path}' cannot be the engine's Python ({why})": "「{path}」はエンジンのPythonとして使えません ({why})",
    "'{path}' cannot be written ({why})": "「{path}」に書き込めません ({why})",
    "'{path}' has no pocketsphinx ({why})": "「{path}」にpocketsphinxがありません ({why})",
    "'{path}' is older than Python 3.11": "「{path}」はPython 3.11より古いバージョンです",
    "'{text}' ends before it begins": "「{text}」は始まる前に終わっています",
    "'{words}' is not heard at {time}": "「{words}」は {time} に聞こえません",
    ", {n} to come": "、残り {n}",
    "A graphics card by CUDA or ROCm": "CUDAまたはROCmを使うグラフィックカード",
    "A style chosen at random for each take": "テイクごとにランダムに選ばれるスタイル",
    "A text of Blender's text editor": "Blenderのテキストエディターのテキスト",
    "About {download:.1f} GB to download, {disk:.0f} GB on the disk": (
        "ダウンロード約 {download:.1f} GB、ディスク使用量 {disk:.0f} GB"
    ),
    "Active Take": "アクティブテイク",
    "Add Body": "ボディを追加",
    "Add Bones Preset": "ボーンプリセットを追加",
    "Add Character": "キャラクターを追加",
    "Add Gesture at Playhead": "再生ヘッドにジェスチャーを追加",
    "Add Gesture of Asset Browser": "アセットブラウザーのジェスチャーを追加",
    "Add Performance Preset": "演技プリセットを追加",
    "Add a body of our own at the 3D cursor, or beside who stands there, and choose it as the character": (
        "3Dカーソルの位置、または先にいるキャラクターの隣に標準のボディを追加し、キャラクターに選びます"
    ),
    "Add a mannequin that the bones move, so that the gestures can be judged": (
        "ボーンで動くマネキンを追加し、ジェスチャーを確認できるようにします"
    ),
    "Add the gestures to the animation below, such as a walk": "歩行などの下層のアニメーションにジェスチャーを加えます",
    "Add the speech's file to the sequencer as a strip that can be heard and trimmed, and use that": (
        "スピーチのファイルを、再生とトリミングができるストリップとしてシーケンサーに追加し、それを使用します"
    ),
    "All bones, where and as large as the character is": "すべてのボーンを、キャラクターの位置と大きさのまま",
    "Also where the library that was written before has gestures of your own": (
        "以前に書き出したライブラリにあなた自身のジェスチャーがある場合も"
    ),
    "Also write the meshes that the character's bones move": "キャラクターのボーンが動かすメッシュも書き出します",
    "Also write the speech, as a WAV file of the same name that begins with the file": (
        "音声も、ファイルと同時に始まる同名の WAV ファイルとして書き出します"
    ),
    "As It Is": "そのまま",
    "Bones that would have been called alike have other names in the file: {bones}": (
        "同じ名前になるボーンは、ファイル内では別の名前になっています: {bones}"
    ),
    "ask for no hand, or for another gesture": "手を指定しないか、別のジェスチャーを選んでください",
    "choose another name, or turn on Replace Own Gestures": (
        "別の名前を選ぶか、「自分のジェスチャーを置き換え」をオンにしてください"
    ),
    "Deform Bones Only": "変形ボーンのみ",
    "Download pocketsphinx, which finds English words more finely, after you agree": (
        "英単語をより細かく探すpocketsphinxを、同意後にダウンロードします"
    ),
    "Export Take…": "テイクを書き出し…",
    "correct --number": "--numberを直してください",
    "export under another name": "別の名前で書き出してください",
    "Facing ahead, with a root bone at the origin; only bones that deform": (
        "正面を向き、原点にルートボーンを置きます。変形するボーンのみ"
    ),
    "Few Keys": "少なめのキー",
    "Fewest Keys": "最少のキー",
    "Filter": "フィルター",
    "Find English Finely": "英語を細かく探す",
    "For": "用途",
    "Godot": "Godot",
    "How much the takes count over what plays below them": "テイクが、下で再生されるものに対してどれだけ効くか",
    "In centimetres, Z up, with a root bone at the origin; only bones that deform": (
        "センチメートル、Z が上、原点にルートボーンを置きます。変形するボーンのみ"
    ),
    "In metres, Y up, with a root bone at the origin; only bones that deform": (
        "メートル、Y が上、原点にルートボーンを置きます。変形するボーンのみ"
    ),
    "Include": "含める",
    "Leave out bones that move no mesh by themselves": "自分ではメッシュを動かさないボーンを省きます",
    "Leave out keys where the curves stay within so many degrees; at 0, every frame has its keys": (
        "カーブのずれがこの度数以内に収まる範囲でキーを省きます。0 ではすべてのフレームにキーがあります"
    ),
    "Let the take begin at time 0. Otherwise each frame has the time that it has in the scene": (
        "テイクを時刻 0 から始めます。オフのときは、各フレームの時刻はシーンでの時刻と同じです"
    ),
    "Lively": "生き生き",
    "Look for the words of English texts by pocketsphinx, which Set Up Words has made ready": (
        "英語テキストの単語を、「単語の準備」で用意したpocketsphinxで探します"
    ),
    "Many Keys": "多めのキー",
    "Meshes": "メッシュ",
    "Name": "名前",
    "Natural": "自然",
    "no action is selected in the Asset Browser": "アセットブラウザーでアクションが選択されていません",
    "No gesture is called so": "その名前のジェスチャーはありません",
    "Of .npz: Z up, as in AMASS, and not Y": ".npz の場合: AMASS と同じく Y ではなく Z を上にします",
    "of {n}": "/ {n}",
    "Page": "ページ",
    "Pin an Action of the Asset Browser as a gesture, with its emphasis on the current frame": (
        "アセットブラウザーのアクションを、強調を現在のフレームに合わせてジェスチャーとしてピン留めします"
    ),
    "Replace Own Gestures": "自分のジェスチャーを置き換え",
    "select one there": "そこで選択してください",
    "Set Up Words": "単語の準備",
    "Show those alone whose name or meaning has this in it": "名前か意味にこれを含むものだけを表示します",
    "The asset library; that of the selected asset if none is given": (
        "アセットライブラリ。指定しなければ選択中のアセットのもの"
    ),
    "What is said and when, as text; when empty, it is not known": "何がいつ話されるか（テキスト）。空なら不明です",
    "Blender rendered no picture": "Blenderは画像をレンダリングしませんでした",
    "Generate Table…": "表を生成…",
    "Generate a take for each line of a table: which recording, said by which character, when and how": (
        "表の行ごとにテイクを生成：どの録音を、どのキャラクターが、いつ、どのように話すか"
    ),
    "add one, or leave --final out": "追加するか、--finalを外してください",
    "add-on '{name}' is not enabled": "アドオン '{name}' が有効になっていません",
    "Also write the list into a text of this file": "一覧をこのファイルのテキストにも書き込みます",
    "Also write the log to a file, which Open Log shows": (
        "ログをファイルにも書き込みます。「ログを開く」で表示できます"
    ),
    "Another number gives another performance of the same speech; one that you type is kept": (
        "別の数値では同じ音声から別の演技ができます。入力した数値はそのまま使われます"
    ),
    "Another number suggests other gestures for the same words": "別の数値では同じ単語に別のジェスチャーを提案します",
    "Another number suggests others; the character's if none is given": (
        "別の数値では別のものを提案します。指定がなければキャラクターの値"
    ),
    "Any Style": "おまかせ",
    "Any: {name}": "おまかせ：{name}",
    "affirm": "肯定",
    "ahead": "前方",
    "all": "すべて",
    "all of us": "私たち全員",
    "applause": "拍手",
    "apply its scale (Ctrl A), or export it as it is": "スケールを適用 (Ctrl A) するか、そのまま書き出してください",
    "Armature to generate gestures for; when empty, the active one, or the only one": (
        "ジェスチャーを生成するアーマチュア。空の場合はアクティブなもの、または唯一のもの"
    ),
    "Arms": "腕",
    "As Text": "テキストとして",
    "At most so many for a minute of speech; those of the character if none is given": (
        "音声1分あたりの上限。指定がなければキャラクターの値"
    ),
    "At most so many gestures are suggested for a minute of speech": "音声1分あたりに提案するジェスチャーの上限",
    "Audio2Gestures {version}": "Audio2Gestures {version}",
    "Automatic": "自動",
    "Blender's exporter wrote nothing": "Blender のエクスポーターは何も書き出しませんでした",
    "Blender's {format} exporter wrote something else than it was given": (
        "Blender の {format} エクスポーターは渡されたものと違うものを書き出しました"
    ),
    "BVH names": "BVH の名前",
    "Bake Gestures to Action": "ジェスチャーをアクションにベイク",
    "Being written, and not on any track yet": "書き込み中で、まだどのトラックにもありません",
    "Blender and its engine cannot exchange files ({why})": "Blenderとエンジンの間でファイルを交換できません ({why})",
    "Blender cannot play '{name}' in its sequencer": "Blenderのシーケンサーで「{name}」を再生できません",
    "Blender is not allowed to go online": "Blenderのオンラインアクセスが許可されていません",
    "Blink": "まばたき",
    "Body Parts": "体の部位",
    "Bone": "ボーン",
    "Bone that moves as this part of the body; if another row has it, the two exchange theirs": (
        "この体の部位として動くボーン。別の行にある場合は入れ替わります"
    ),
    "Bones Presets": "ボーンプリセット",
    "Both": "両方",
    "Both hands, each as the other's mirror if the gesture is one hand's": (
        "両手。片手のジェスチャーなら互いに鏡像になります"
    ),
    "Busy": "処理中",
    "By structure": "構造による判定",
    "Calm": "落ち着き",
    "Camera": "カメラ",
    "Cancel Generation": "生成をキャンセル",
    "Cancel Setup": "セットアップをキャンセル",
    "Cancelled": "キャンセルしました",
    "Cancelled: another file was opened": "キャンセルしました：別のファイルが開かれました",
    "Cancelling": "キャンセル中",
    "Category": "カテゴリー",
    "Click in Lane": "レーンをクリック",
    "Click what a lane shows: an accent becomes stronger in the upper half, weaker in the lower one": (
        "レーンに表示されているものをクリック: アクセントは上半分で強く、下半分で弱くなります"
    ),
    "A frame near the accent; the current one if it is not given": (
        "アクセントに近いフレーム。指定がなければ現在のフレーム"
    ),
    "A step stronger": "1 段階強く",
    "A step weaker": "1 段階弱く",
    "Accent as Heard": "アクセントを聞こえたまま",
    "Accents": "アクセント",
    "As Heard": "聞こえたまま",
    "As it was at first": "最初のまま",
    "Change Accent": "アクセントを変更",
    "How strong the accent becomes": "アクセントの強さの変え方",
    "Let the body move around the accent nearest to the current frame as it did at first": (
        "現在のフレームに最も近いアクセントの前後で、体の動きを最初の状態に戻します"
    ),
    "Let the body move less around the accent nearest to the current frame": (
        "現在のフレームに最も近いアクセントの前後で、体の動きを小さくします"
    ),
    "Let the body move more around the accent nearest to the current frame": (
        "現在のフレームに最も近いアクセントの前後で、体の動きを大きくします"
    ),
    "Let the body move more or less around the accent nearest to the current frame; the rest of the take stays": (
        "現在のフレームに最も近いアクセントの前後で、体の動きを大きく、または小さくします。テイクの残りはそのままです"
    ),
    "Start at Zero": "ゼロから開始",
    "Strengthen Accent": "アクセントを強める",
    "modifiers give shape keys of '{name}' other corners than the mesh itself": (
        "モディファイアーにより「{name}」のシェイプキーの頂点がメッシュ自体と異なります"
    ),
    "the nearest are {near}": "近いものは {near} です",
    "the table has no line {number}": "表に行{number}はありません",
    "the text asks with '{word}' on frame {frame} for what cannot be: {why}": (
        "テキストがフレーム {frame} の「{word}」で求めることはできません：{why}"
    ),
    "there is a file '{name}' already, where the speech would be written": (
        "音声を書き出す場所に、すでにファイル '{name}' があります"
    ),
    "three.js, VRM": "three.js, VRM",
    "Unity Humanoid": "Unity Humanoid",
    "Unreal": "Unreal",
    "Weaken Accent": "アクセントを弱める",
    "Stronger": "強く",
    "Weaker": "弱く",
    "Phrases": "フレーズ",
    "What the Action is called; the selected asset if none is given": (
        "アクションの名前。指定しなければ選択中のアセット"
    ),
    "What the program needs that reads the file": "ファイルを読み込むプログラムに合わせます",
    "Where to write; its ending says in which format": "書き出し先。拡張子で形式が決まります",
    "Which part of the gestures is shown": "ジェスチャーのどの部分を表示するか",
    "Write all gestures, yours too, into a file of their own, as assets with pictures, for this character's bones": (
        "あなたのものも含むすべてのジェスチャーを、このキャラクターのボーン用に、画像付きアセットとして専用フ"
        "ァイルに書き出します"
    ),
    "Write the playing take to a file of its own: FBX, glTF, USD, BVH, SMPL-X or VRM animation, as its name ends": (
        "再生中のテイクを単独のファイルに書き出します。拡張子により FBX、glTF、USD、BVH、SMPL-X、VRM アニメーション"
    ),
    "Z Up": "Z が上",
    "turn those modifiers off or apply them, or export without meshes": (
        "それらのモディファイアーをオフにするか適用するか、メッシュなしで書き出してください"
    ),
    "{number} of {total}": "{total} 個中 {number}",
    "This take was made for another speech: use Update Take": (
        "このテイクは別のスピーチ用です：「テイクを更新」を使ってください"
    ),
    "Frame": "フレーム",
    "Change Phrase": "フレーズを変更",
    "Change the playing take while a slider is moved, the frames around the current one first": (
        "スライダーを動かしている間、再生中のテイクを現在のフレームの周辺から順に変更します"
    ),
    "Channel": "チャンネル",
    "Channel of the sequencer whose sound strips this character speaks": (
        "このキャラクターが話すサウンドストリップのあるシーケンサーのチャンネル"
    ),
    "Character": "キャラクター",
    "Check Setup": "セットアップを確認",
    "Choose Speech File…": "スピーチファイルを選択…",
    "Choose Style": "スタイルを選択",
    "Choose Take": "テイクを選択",
    "Choose a sound file as the speech, and place it in the sequencer, where it is heard": (
        "スピーチに使うサウンドファイルを選び、音が聞こえるようにシーケンサーに配置します"
    ),
    "Choose the style in which the character performs, among those of the gesture model": (
        "ジェスチャーモデルのスタイルから、演技のスタイルを選びます"
    ),
    "Choose this take in the list": "このテイクをリストで選択します",
    "Choose where the speech's file is now; other missing sounds of the speech are looked for beside it": (
        "スピーチファイルの現在の場所を選びます。他の見つからない音声もその隣で探します"
    ),
    "Clavicle": "鎖骨",
    "Clear Kept Takes": "保管したテイクを消去",
    "Combine": "統合",
    "Common names": "一般的な名前",
    "Compare Take": "テイクを比較",
    "Connect Shape Keys": "シェイプキーをつなぐ",
    "Copy Log": "ログをコピー",
    "Copy Problem Report": "問題レポートをコピー",
    "Copy the output of the engine's setup, for a report": "報告用に、エンジンのセットアップの出力をコピーします",
    "Copy this take to a track of its own, so that it can be changed without losing this one": (
        "このテイクを専用のトラックにコピーし、元を失わずに変更できるようにします"
    ),
    "Copy this take with fewer keys, on curves that can be edited by hand; it plays instead of this one": (
        "キーを減らし、手で編集できるカーブにしたコピーを作ります。このテイクの代わりにコピーが再生されます"
    ),
    "Copy versions, settings and the last lines of the log, without your name and folders, to paste them elsewhere": (
        "バージョン、設定、ログの末尾を、名前とフォルダを除いてコピーし、他の場所に貼り付けられるようにします"
    ),
    "cut it into shorter animations": "短いアニメーションに分割してください",
    "Delete Take": "テイクを削除",
    "Delete the finished takes that are kept for recovery": "復元用に保管された完成済みのテイクを削除します",
    "Delete the takes that were baked; otherwise they are muted": (
        "ベイクしたテイクを削除します。オフの場合はミュートします"
    ),
    "Delete this take; its action stays if something else uses it": (
        "このテイクを削除します。アクションは他で使われていれば残ります"
    ),
    "Device": "デバイス",
    "Device that the GPU engine runs on": "GPUエンジンを実行するデバイス",
    "Direction": "方向",
    "Disconnect Shape Keys": "シェイプキーを切り離す",
    "Disk space for finished takes that are kept in case Blender crashes": (
        "Blenderのクラッシュに備えて保管する、完成済みテイクのディスク容量"
    ),
    "Do this gesture with the other hand, or with both; its emphasis stays on its frame": (
        "このジェスチャーを反対の手または両手で行います。強調はフレームに留まります"
    ),
    "Download what NVIDIA graphics cards need; off, a smaller download that uses the CPU": (
        "NVIDIAのグラフィックカードに必要なものをダウンロードします。オフではCPUを使う小さなダウンロードになります"
    ),
    "Downloading": "ダウンロード中",
    "Draw small pictures of takes, each its action's preview, and of styles, and show them in lists": (
        "テイク（アクションのプレビュー）とスタイルの小さな絵を描き、リストに表示します"
    ),
    "Duplicate Take": "テイクを複製",
    "asked for in the text": "テキストで指定",
    "big": "大きい",
    "check that it belongs to this recording and is English": "この録音のもので英語であることを確認してください",
    "chop": "手刀",
    "chop one hand": "片手の手刀",
    "come": "呼ぶ",
    "come here": "こっちへ",
    "come over": "こちらへ来て",
    "come wide": "大きく手招き",
    "contrast": "対比",
    "count": "数える",
    "ask for png instead of mp4": "mp4の代わりにpngを指定してください",
    "column '{column}' of a table is for the command line": "表の列'{column}'はコマンドライン用です",
    "correct --only": "--onlyを直してください",
    "correct it": "直してください",
    "correct the name, or add it": "名前を直すか、追加してください",
    "enable it in the Preferences, under Add-ons": "プリファレンスの「アドオン」で有効にしてください",
    "Energy": "エネルギー",
    "Engine": "エンジン",
    "Engine Python": "エンジンのPython",
    "Error": "誤差",
    "Errors": "エラー",
    "Everything": "すべて",
    "Exchange left and right in the list of bones": "ボーンのリストの左右を入れ替えます",
    "Existing Python": "既存のPython",
    "Export Bones…": "ボーンをエクスポート…",
    "everything": "すべてのもの",
    "export it with all of its bones": "すべてのボーンを含めて書き出してください",
    "export to .npz, or turn Z Up off": ".npz で書き出すか、「Z が上」をオフにしてください",
    "export to another format": "別の形式で書き出してください",
    "Export…": "エクスポート…",
    "Extend Scene": "シーンを延長",
    "Eye": "目",
    "Face": "顔",
    "Fade In": "フェードイン",
    "Fade Out": "フェードアウト",
    "Feet": "足",
    "Feet slide by up to {n:.1f} cm": "足の滑りは最大 {n:.1f} cm",
    "Fewer Keys": "キーを減らす",
    "File": "ファイル",
    "File…": "ファイル…",
    "Fill one side of the list of bones from the other, by the names of the bones": (
        "ボーンのリストの片側を、ボーンの名前に従って反対側から埋めます"
    ),
    "Fill the left side from the right one": "左側を右側から埋めます",
    "Fill the right side from the left one": "右側を左側から埋めます",
    "Find Speech File…": "スピーチファイルを探す…",
    "Find the words again: in another recording, or after their text changed; suggested gestures follow their words": (
        "単語を探し直します。別の録音や、テキストの変更後に使います。提案されたジェスチャーは単語に従います"
    ),
    "Find when each word is said: from subtitles, a transcript, text strips, markers, or a text in any language": (
        "各単語がいつ話されるかを、字幕・書き起こし・テキストストリップ・マーカー・任意の言語のテキストから調べます"
    ),
    "Fingers": "指",
    "Folder: {path}": "フォルダ：{path}",
    "Follow Strength": "追従の強さ",
    "Follow the clip with collarbones, arms and wrists": "鎖骨、腕、手首でクリップに追従します",
    "Follow the clip with hips, legs and feet": "腰、脚、足でクリップに追従します",
    "Follow the clip with neck, head, jaw and eyes": "首、頭、顎、目でクリップに追従します",
    "Follow the clip with the fingers": "指でクリップに追従します",
    "Follow the clip with the spine": "背骨でクリップに追従します",
    "Following the slider": "スライダーに追従中",
    "Foot": "足",
    "For a Graphics Card": "グラフィックカード用",
    "Forearm": "前腕",
    "Forget Words": "単語を忘れる",
    "Forget the corrections in the list of bones, and recognise the character's bones anew": (
        "ボーンのリストの修正を破棄し、キャラクターのボーンを改めて判定します"
    ),
    "Forget the corrections in the list of bones?": "ボーンのリストの修正を破棄しますか？",
    "Forget the words of the speech; gestures that were suggested stay": (
        "音声の単語を忘れます。提案されたジェスチャーは残ります"
    ),
    "Frame View": "ビューに収める",
    "Frame on which the file's speech begins": "ファイルのスピーチが始まるフレーム",
    "Frames over which the motion goes into this clip, half of them before its start": (
        "動きがこのクリップに入るまでのフレーム数。半分は開始より前です"
    ),
    "Frames over which the motion goes out of this clip, half of them after its end": (
        "動きがこのクリップから出るまでのフレーム数。半分は終了より後です"
    ),
    "Frames that you edited were kept: the change is a take of its own": (
        "手で編集したフレームを残すため、変更は別のテイクになりました"
    ),
    "Frames to move the takes by": "テイクを移動するフレーム数",
    "Free Memory": "メモリーを解放",
    "From": "元の側",
    "From Name": "名前から",
    "From the Words": "単語から",
    "Generate Gestures performs this seed again; else it takes the next one that has no take": (
        "ジェスチャーの生成は同じシードで演じます。オフでは、まだテイクのない次のシードを使います"
    ),
    "Gesture": "ジェスチャー",
    "Gestures of these words are gone, which are not said any more, or where a pin lies: {names}": (
        "次の単語のジェスチャーはなくなりました。もう話されないか、ピンがあります: {names}"
    ),
    "Gestures per Minute": "1分あたりのジェスチャー",
    "Hand Clearance": "手の間隔",
    "Hand of Gesture": "ジェスチャーの手",
    "Hash: {digest}": "ハッシュ：{digest}",
    "How many jobs wait for the running one to end": "実行中の処理の終了を待っている処理の数",
    "How much the chosen take counts over what plays below it": (
        "選択したテイクが、下で再生されるものに対してどれだけ効くか"
    ),
    "Influence": "影響",
    "it is too long": "長すぎます",
    "Keep Seed": "シードを固定",
    "Keeps hands and forearms so many centimetres farther from trunk and thighs, for a wide body": (
        "体の幅が広い場合に、手と前腕を胴と太ももからこのセンチメートル数だけ離します"
    ),
    "From slumped at -1 to upright at 1": "-1の猫背から1の直立まで",
    "Gaze Strength": "視線の強さ",
    "Gaze and Face": "視線と顔",
    "Generate Gestures": "ジェスチャーを生成",
    "Generate Gestures for Strip": "ストリップのジェスチャーを生成",
    "Generate Idle": "待機を生成",
    "Generate Listening": "聞き手を生成",
    "Generate Next Take": "次のテイクを生成",
    "Generate a take for every character of the scene: those with a voice speak it, the others listen or stand by": (
        "シーンの全キャラクターにテイクを生成：声のある者は話し、他は聞くか立って待ちます"
    ),
    "Generate another take of the same speech, with the next seed": (
        "同じスピーチの別のテイクを、次のシードで生成します"
    ),
    "Generate another take of the same speech; this gesture model makes one motion per speech": (
        "同じスピーチの別のテイクを生成します。このジェスチャーモデルは1つのスピーチに1つの動きしか作りません"
    ),
    "Generate for All Characters": "全キャラクターに生成",
    "Generate gestures for the speech as new takes of the character": (
        "スピーチのジェスチャーをキャラクターの新しいテイクとして生成します"
    ),
    "Generate gestures inside Blender from now on; the result is the same": (
        "今後はBlender内でジェスチャーを生成します。結果は同じです"
    ),
    "Generate gestures with the model that came with the add-on from now on; your file stays where it is": (
        "今後はアドオンに付属するモデルでジェスチャーを生成します。お使いのファイルはそのまま残ります"
    ),
    "Generate new takes in which the character listens to the others, nods and turns its head to who speaks": (
        "キャラクターが他の人の話を聞き、うなずき、話し手の方へ顔を向ける新しいテイクを生成"
    ),
    "Generate new takes in which the character says nothing and stands about, as long as the scene": (
        "キャラクターが何も話さずに立っている、シーンと同じ長さの新しいテイクを生成"
    ),
    "Generate the playing take again from its stored settings, as a new take": (
        "再生中のテイクを、保存された設定から新しいテイクとしてもう一度生成します"
    ),
    "Generated motion follows this clip": "生成された動きがこのクリップに追従します",
    "Generating": "生成中",
    "Gesture Model": "ジェスチャーモデル",
    "Gestures": "ジェスチャー",
    "Go back to the phrase's performance before this one": "このフレーズの一つ前の演技に戻ります",
    "Go to Pin": "ピンへ移動",
    "Graphics Card": "グラフィックカード",
    "Guess Again": "再判定",
    "Hand": "手",
    "Hands": "手",
    "Head": "ヘッド",
    "Hips": "腰",
    "How closely the generated motion follows this clip": "生成された動きがこのクリップに追従する度合い",
    "How far the body moves: 1 is as generated, 2 is twice as far": "体の動きの大きさ。1は生成されたまま、2は2倍です",
    "How far the jaw opens as the voice is loud; it is no lip sync": (
        "声の大きさに応じて顎が開く量。リップシンクではありません"
    ),
    "How far the lids close when the character blinks, which it does about every four seconds": (
        "キャラクターがまばたきするとき（約4秒ごと）にまぶたが閉じる量"
    ),
    "How firmly the gaze is held: with less, the character looks away now and then": (
        "視線を保つ強さ。弱いと、キャラクターはときどき目をそらします"
    ),
    "How many takes one click generates, each with a seed of its own": (
        "1回のクリックで生成するテイクの数。それぞれ異なるシードを使います"
    ),
    "How much is written to the system console": "システムコンソールに書き込む量",
    "How this take was made, as text": "このテイクの作り方を示すテキスト",
    "How unusual the performance is: 0 is the most typical one, the same for every seed": (
        "演技の珍しさ。0は最も典型的で、どのシードでも同じです"
    ),
    "Idle": "待機中",
    "Idle Around Speech": "スピーチの前後に待機",
    "Import Bones…": "ボーンをインポート…",
    "Import…": "インポート…",
    "In a process of its own, which Set Up GPU prepares": "「GPUをセットアップ」で準備する専用のプロセスで実行します",
    "Including the engine's output": "エンジンの出力も含みます",
    "Index Finger": "人差し指",
    "Inside Blender; needs nothing else": "Blender内で実行します。他に必要なものはありません",
    "Installing": "インストール中",
    "Jaw": "あご",
    "Keep Feet Planted": "足を接地させる",
    "Keep the character's active action as an NLA strip, so that it no longer hides the gestures": (
        "キャラクターのアクティブアクションをNLAストリップとして残し、ジェスチャーを隠さないようにします"
    ),
    "Keep the character's active action on a muted NLA track, so that it no longer plays": (
        "キャラクターのアクティブアクションをミュートしたNLAトラックに残し、再生されないようにします"
    ),
    "Keep the list of bones as a preset, or remove the preset that was chosen last": (
        "ボーンのリストをプリセットとして保存するか、最後に選んだプリセットを削除します"
    ),
    "Keep the performance's settings as a preset, or remove the preset that was chosen last": (
        "演技の設定をプリセットとして保存するか、最後に選んだプリセットを削除します"
    ),
    "Keep this pin but do not follow it now": "このピンを残したまま、今は追従しません",
    "Key IK controls of hands and feet in the playing take, so that they stay where they are": (
        "再生中のテイクで手と足の IK コントロールにキーを打ち、手足の位置を保ちます"
    ),
    "Kind of error that ended the job": "ジョブを終了させたエラーの種類",
    "Language": "言語",
    "Largest error: degrees of bones, hands and feet, and centimetres of where hands and feet are": (
        "最大の誤差。ボーンと手足の回転（度）、手足の位置（センチメートル）"
    ),
    "Layering": "重ね方",
    "Leave Edit Mode": "編集モードを終了",
    "Leave Tweak Mode": "トゥイークモードを終了",
    "Keep hips, legs and feet as they sit in the animation below, and the hands on the thighs or above them": (
        "腰・脚・足を下のアニメーションで座っているまま保ち、手は太ももの上に置きます"
    ),
    "Leave the head to the gestures, and the eyes alone": "頭はジェスチャーに任せ、目は動かしません",
    "Left": "左",
    "Left Arm and Leg": "左腕と左脚",
    "Left Fingers": "左手の指",
    "Left alone, as others drive, key or own them: {names}": (
        "ほかで駆動・キー設定・所有されているため、そのままにしました：{names}"
    ),
    "Left out, since pins of yours lie there: {names}": "あなたのピンがあるため省きました: {names}",
    "Left out: {names}": "対象外：{names}",
    "Legs": "脚",
    "Length: {n:.1f} s": "長さ：{n:.1f} 秒",
    "Let all NLA tracks of the character play again, not only the one that plays solo": (
        "ソロのトラックだけでなく、キャラクターのすべてのNLAトラックを再び再生します"
    ),
    "Let generated motion no longer follow the selected NLA strips": (
        "生成された動きが選択したNLAストリップに追従しないようにします"
    ),
    "five": "五",
    "four": "四",
    "greet": "挨拶",
    "greet small": "小さな挨拶",
    "hands joined": "合掌",
    "here": "ここ",
    "hold on": "ちょっと待って",
    "however": "しかし",
    "huge": "巨大",
    "install one from python.org": "python.orgからインストールしてください",
    "leave it out: the add-on's own way needs nothing": "使わないでください。アドオン自身の方法には何も要りません",
    "let it end in {endings}": "拡張子を {endings} のいずれかにしてください",
    "Let new takes last as long as the scene: where nothing is said, the character idles": (
        "新しいテイクをシーンと同じ長さにします。話していない間、キャラクターは待機します"
    ),
    "Let only this take play, and mute all others that are not pinned": (
        "このテイクだけを再生し、ピン止めされていない他のテイクをすべてミュートします"
    ),
    "Let playback skip frames where it is too slow, so that speech and gestures stay together": (
        "再生が遅いときにフレームを飛ばし、スピーチとジェスチャーのずれを防ぎます"
    ),
    "Let shape keys of the character's meshes follow its takes: a driver each, from numbers on the head's bone": (
        "キャラクターのメッシュのシェイプキーをテイクに従わせます。頭のボーンの数値から、それぞれにドライバーを1"
        "つ付けます"
    ),
    "Let strips on higher tracks no longer hold a pose before or after them, where it hides takes": (
        "上のトラックのストリップが前後で保持するポーズがテイクを隠す場合、その保持をやめさせます"
    ),
    "Let the NLA track of the newest take play again": "最新のテイクのNLAトラックを再び再生します",
    "Let the armature show its pose instead of its rest position": (
        "アーマチュアにレスト位置ではなくポーズを表示させます"
    ),
    "Let the character play its NLA tracks": "キャラクターのNLAトラックを再生します",
    "Let the character speak the active strip of the sequencer, and generate gestures for it": (
        "シーケンサーのアクティブなストリップをキャラクターに話させ、そのジェスチャーを生成します"
    ),
    "Let the playing takes play once, forwards and at their own speed, as the speech does": (
        "再生中のテイクを、スピーチと同じく順方向に一度だけ本来の速度で再生します"
    ),
    "Let the scene play at the speed of its sound: set New to what Old is under Time Stretching": (
        "シーンを音と同じ速度で再生します。「時間の伸縮」の「新」を「旧」と同じ値にします"
    ),
    "Let this lost pin follow another NLA strip of the character, with the settings it had": (
        "この失われたピンを、元の設定のままキャラクターの別のNLAストリップに追従させます"
    ),
    "Let this take play instead of the other takes of the same time": (
        "同じ時間の他のテイクの代わりに、このテイクを再生します"
    ),
    "Licence: {licence}": "ライセンス：{licence}",
    "List Suggestions": "提案を一覧表示",
    "List of Bones": "ボーンのリスト",
    "Little Finger": "小指",
    "Live Update": "ライブ更新",
    "Log": "ログ",
    "Log File": "ログファイル",
    "Look At": "視線の先",
    "Look at an object, at another character into the eyes": (
        "オブジェクトを見ます。ほかのキャラクターならその目を見ます"
    ),
    "Look at the other character that speaks, or spoke last": (
        "話している、または最後に話したほかのキャラクターを見ます"
    ),
    "Look into the camera of the scene, as its markers choose it": (
        "シーンのカメラを見ます（マーカーが選ぶカメラに従います）"
    ),
    "line '{line}' has '{cell}' in column {column}": "行'{line}'の列{column}は'{cell}'です",
    "line '{line}' has no sound": "行'{line}'に音声がありません",
    "line '{line}' is played in '{path}', which is not there": "行'{line}'は'{path}'で演じられますが、ありません",
    "'{path}' could not be opened": "'{path}'を開けませんでした",
    "line '{line}' names no character": "行'{line}'にキャラクターの指定がありません",
    "line '{line}' needs a character '{name}', which is not in the scene": (
        "行'{line}'のキャラクター'{name}'がシーンにありません"
    ),
    "look into the console for what it says": "コンソールの内容を確認してください",
    "Made by Generate Gestures": "「ジェスチャーを生成」で作成",
    "Made with: {path}": "作成に使うもの：{path}",
    "Made: {age}": "作成：{age}",
    "Make Library Override": "ライブラリオーバーライドを作成",
    "Make a library override of the linked character, so that it can be animated here": (
        "リンクされたキャラクターのライブラリオーバーライドを作成し、ここで動かせるようにします"
    ),
    "Make generated motion follow the selected NLA strips of the character": (
        "生成された動きを、選択したキャラクターのNLAストリップに追従させます"
    ),
    "Make the playing take follow speech, style, sliders and pinned clips as they are now": (
        "再生中のテイクを、現在のスピーチ、スタイル、スライダー、ピン止めしたクリップに追従させます"
    ),
    "Make the playing take follow the pinned clips; away from them it stays as it is": (
        "再生中のテイクをピン止めしたクリップに追従させます。離れた部分は変わりません"
    ),
    "Making a folder for it": "フォルダを作成中",
    "Mark": "マーク",
    "Mark as Asset": "アセットとしてマーク",
    "Mark as Gesture": "ジェスチャーとしてマーク",
    "Mark this take as one to keep": "このテイクを残すものとしてマークします",
    "Mark this take as one to keep, or remove the mark": "このテイクを残すものとしてマーク、またはマークを外します",
    "Markers": "マーカー",
    "Markers of the timeline, each named as what is said there": (
        "タイムラインのマーカー。それぞれ、そこで話される言葉を名前にします"
    ),
    "Forget Measured Body": "測った体を忘れる",
    "Measured Body": "測った体",
    "Measure the body that hands keep out of on the character's mesh; Hand Clearance then counts from it, from 0": (
        "手が避ける体をキャラクター自身のメッシュで測ります。手の間隔はそこから数え、0になります"
    ),
    "Let hands keep out of a body like that of Add Character again, not of the measured one": (
        "手が避ける体を、測ったものから「キャラクターを追加」の体のようなものへ戻します"
    ),
    "The body that hands keep out of, as Measure Hand Clearance has found it": (
        "「手の間隔を測る」で見つけた、手が避ける体"
    ),
    "Measured: chest {chest:+.0f}, belly {belly:+.0f}, pelvis {pelvis:+.0f}, thighs {thighs:+.0f} cm": (
        "測定値: 胸 {chest:+.0f}、腹 {belly:+.0f}、骨盤 {pelvis:+.0f}、太もも {thighs:+.0f} cm"
    ),
    "Measure Hand Clearance": "手の間隔を測る",
    "Middle Finger": "中指",
    "Mirror": "ミラー",
    "Mirror Bones": "ボーンをミラー",
    "Mixamo names": "Mixamo の名前",
    "Model file to generate with, made by 'a2g train' or 'a2g export'; when empty, the built-in model": (
        "生成に使うモデルファイル ('a2g train' か 'a2g export' で作ったもの)。空の場合は内蔵モデル"
    ),
    "Model: {name}": "モデル：{name}",
    "Move Take Too": "テイクも移動",
    "Move Take to Top": "テイクを一番上へ",
    "Move collarbones, arms and wrists": "鎖骨、腕、手首を動かします",
    "Move hips, legs and feet": "腰、脚、足を動かします",
    "Move neck and head": "首と頭を動かします",
    "Move the 3D View so that the character is seen; a view through a camera stays": (
        "キャラクターが見えるように3Dビューを動かします。カメラからのビューはそのままです"
    ),
    "Move the fingers": "指を動かします",
    "Move the hidden take to a track above all others": "隠れたテイクをほかのすべての上のトラックへ移動します",
    "Move the scene's end to where the speech ends, if it lies before that": (
        "シーンの終わりがスピーチの終わりより前なら、そこまで移動します"
    ),
    "Move the spine": "背骨を動かします",
    "Move the takes to where their speech has been moved": "テイクを、移動されたスピーチの位置へ移動します",
    "Mute": "ミュート",
    "Mute Constraints and Drivers": "コンストレイントとドライバーをミュート",
    "Mute the constraints and drivers that turn bones of the chosen body parts, so that the keys alone turn them": (
        "選んだ体の部位のボーンを回すコンストレイントとドライバーをミュートし、キーだけで回るようにします"
    ),
    "NLA track '{name}' has no room there for take '{take}'": (
        "NLAトラック「{name}」のその位置にテイク「{take}」の空きがありません"
    ),
    "me": "私",
    "me both hands": "両手で私",
    "me chest": "胸に手の私",
    "negate": "否定",
    "no": "いいえ",
    "no Python from 3.11 to 3.14 was found to set up pocketsphinx with": (
        "pocketsphinxを準備するPython 3.11～3.14が見つかりません"
    ),
    "no aside": "横へいいえ",
    "name its recording in the column sound": "列soundに録音を書いてください",
    "no bone of '{name}' deforms": "'{name}' には変形するボーンがありません",
    "NVIDIA or AMD": "NVIDIAまたはAMD",
    "Name of the bone; when empty, the row is emptied": "ボーンの名前。空の場合は行を空にします",
    "Name of the tab in the sidebar": "サイドバーのタブの名前",
    "Name of the take and of its NLA track; when empty, the one that is chosen in the list": (
        "テイクとその NLA トラックの名前。空の場合はリストで選択されているもの"
    ),
    "Neck": "首",
    "Next": "次",
    "Next Performance of Phrase": "フレーズの次の演技",
    "No bone of the other side was found for {bones}": "{bones} の反対側のボーンが見つかりませんでした",
    "No gesture fits the words": "単語に合うジェスチャーはありません",
    "No takes yet: use Generate Gestures": "まだテイクがありません：「ジェスチャーを生成」を使ってください",
    "Nothing": "なし",
    "Nothing is downloaded: this Python is tested and used": "何もダウンロードせず、このPythonをテストして使用します",
    "Number of the NLA track of the take that is chosen in the list; -1 if none is": (
        "リストで選択されているテイクの NLA トラックの番号。なければ -1"
    ),
    "Number of the pin in the list; -1 is the one that is chosen there": (
        "リスト内のピンの番号。-1はリストで選ばれているもの"
    ),
    "Number of the pin in the list; -1 is the selected strips": "リスト内のピンの番号。-1は選択中のストリップ",
    "Object": "オブジェクト",
    "Object to look at; it may move": "見るオブジェクト。動いていてもかまいません",
    "Of the words, as ISO 639-1 names it, or AUTO; the character's if none is given": (
        "単語の言語（ISO 639-1）またはAUTO。指定がなければキャラクターの値"
    ),
    "Off, it is no longer offered": "オフにすると候補に出なくなります",
    "Offer the Actions of the selected strips, or else the active Action, among the gestures, for any character": (
        "選択中のストリップのアクション、またはアクティブなアクションを、"
        "どのキャラクターにも使えるジェスチャーに加えます"
    ),
    "Offered among the gestures that can be placed": "配置できるジェスチャーの候補に含まれます",
    "Offset": "オフセット",
    "Open Log": "ログを開く",
    "Open Manual": "マニュアルを開く",
    "Open the manual's page about this in the web browser; it is installed with the add-on and works offline": (
        "マニュアルの該当ページをブラウザーで開きます。アドオンに含まれており、ネットワークは不要です"
    ),
    "Out": "アウト",
    "Own list": "独自のリスト",
    "Parts of the body that follow this clip": "このクリップに追従する体の部位",
    "Parts of the body that new takes move; the others keep the animation below": (
        "新しいテイクが動かす体の部位。他の部位は下層のアニメーションを保ちます"
    ),
    "Parts of the body that the takes move": "テイクが動かす体の部位",
    "Perform in this style": "このスタイルで演じます",
    "Perform the phrase on the current frame another way; the rest of the take stays": (
        "現在のフレームのフレーズを別の演技にします。テイクの残りは変わりません"
    ),
    "Perform the preview range of the timeline anew, with the sliders as they are now; the rest of the take stays": (
        "タイムラインのプレビュー範囲を現在のスライダーで演じ直します。テイクの残りは変わりません"
    ),
    "Performance Presets": "演技プリセット",
    "Pick Bone": "ボーンを拾う",
    "Pictures": "絵",
    "Pictures of Takes": "テイクの絵",
    "Pin": "ピン止め",
    "Pin Selected Strips": "選択ストリップをピン止め",
    "Pin a gesture that means something, with its emphasis on the current frame; legs and trunk go on as they are": (
        "意味のあるジェスチャーを、強調が現在のフレームに来るように固定します。脚と胴はそのままです"
    ),
    "Pin gestures that fit the words, each with its emphasis on its word; pins of your own stay as they are": (
        "単語に合うジェスチャーを、強調が単語に合うようにピン止めします。あなたのピンはそのままです"
    ),
    "Pinned": "ピン止め済み",
    "Pinned Clips": "ピン止めしたクリップ",
    "Place Speech in Sequencer": "スピーチをシーケンサーに配置",
    "Playback of scene '{name}' now keeps to the sound": "シーン「{name}」の再生を音に同期させました",
    "Posture": "姿勢",
    "Prepare a graphics card's engine: download it after you agree, or choose a Python that has torch": (
        "グラフィックカードのエンジンを準備します。同意の上でダウンロードするか、torchのあるPythonを選びます"
    ),
    "Previous": "ひとつ前",
    "Previous Performance of Phrase": "フレーズの前の演技",
    "Push Down Action": "アクションをストリップ化",
    "Put a bone into a row of the list of bones; if another row has it, the two exchange theirs": (
        "ボーンのリストの行にボーンを入れます。別の行にある場合は入れ替わります"
    ),
    "Put another gesture in place of this one; its emphasis stays on its frame": (
        "別のジェスチャーに置き換えます。強調はフレームに留まります"
    ),
    "Put feet on the floor and let them slide no more than our own body's, whatever the proportions": (
        "体型の違いにかかわらず足を床に着け、標準のボディより滑らないようにします"
    ),
    "Put the active bone into this row: click a bone in Pose Mode, then click here": (
        "アクティブなボーンをこの行に入れます。ポーズモードでボーンをクリックしてから、ここをクリックします"
    ),
    "PyTorch and NumPy will be downloaded from their publishers": "PyTorchとNumPyが提供元からダウンロードされます",
    "Python program of the graphics card's engine; when empty, the one that Set Up GPU made": (
        "グラフィックカードのエンジン用のPython。空の場合は「GPUをセットアップ」で作られたもの"
    ),
    "Python program that has torch and numpy; when empty, one is downloaded": (
        "torchとnumpyのあるPython。空の場合はダウンロードします"
    ),
    "Read Words": "単語を読み込む",
    "Read the list of bones from a rig map's file": "リグマップのファイルからボーンのリストを読み込みます",
    "Reading audio": "音声を読み込み中",
    "Ready": "準備完了",
    "Recipe": "レシピ",
    "Recover Last Take": "最後のテイクを復元",
    "Recovery Limit (MB)": "復元用の上限 (MB)",
    "Regenerate Around Pins": "ピンの周りを再生成",
    "Regenerate Gestures": "ジェスチャーを再生成",
    "Regenerate Selected Range": "選択範囲を再生成",
    "Relink Pin": "ピンを再リンク",
    "Remove Pin": "ピンを削除",
    "Remove Takes": "テイクを削除",
    "Remove the drivers and numbers that let shape keys follow the character's takes": (
        "シェイプキーをテイクに従わせているドライバーと数値を取り除きます"
    ),
    "Remove this pin from the list; its strip, if there is one, stays and is no longer followed": (
        "このピンをリストから削除します。ストリップがあれば残り、追従されなくなります"
    ),
    "Replace": "置き換え",
    "Replace With…": "置き換え…",
    "Replace a library that was written before; no other file is ever replaced": (
        "以前に書き込んだライブラリを置き換えます。他のファイルは決して置き換えません"
    ),
    "Replace the animation of the chosen body parts": "選んだ体の部位のアニメーションを置き換えます",
    "no no": "いいえいいえ",
    "nod": "うなずく",
    "nod twice": "二度うなずく",
    "offer": "差し出す",
    "one": "一",
    "over there": "あそこ",
    "plea": "懇願",
    "plea high": "高く懇願",
    "pocketsphinx 5.1.1 will be downloaded from PyPI: about {megabytes:.0f} MB": (
        "pocketsphinx 5.1.1をPyPIからダウンロードします: 約 {megabytes:.0f} MB"
    ),
    "pocketsphinx could not be set up ({why})": "pocketsphinxを準備できませんでした ({why})",
    "pocketsphinx ended with an error ({why})": "pocketsphinxがエラーで終了しました ({why})",
    "pocketsphinx finds no way through the text": "pocketsphinxがテキストをたどれません",
    "pocketsphinx is being set up": "pocketsphinxを準備中です",
    "point": "指す",
    "praise": "称賛",
    "no line has the id '{name}'": "id '{name}'の行はありません",
    "report it with Blender's version": "Blender のバージョンを添えて報告してください",
    "Reproduce Take": "テイクを再現",
    "Reset Take Speed": "テイクの速度をリセット",
    "Restart Engine": "エンジンを再起動",
    "Restore Frame Rate": "フレームレートを戻す",
    "Restore to the character a take that was finished before Blender crashed": (
        "Blenderがクラッシュする前に完成したテイクを、キャラクターに復元します"
    ),
    "Right": "右",
    "Right Arm and Leg": "右腕と右脚",
    "Right Fingers": "右手の指",
    "Rigify deform bones": "Rigify の変形ボーン",
    "Rigify metarig": "Rigify のメタリグ",
    "Ring Finger": "薬指",
    "Row": "行",
    "Row of the list of bones, as the manual names it": "ボーンのリストの行。マニュアルにある名前",
    "Scene '{name}' now ends on frame {frame}, where the speech ends": (
        "シーン「{name}」の終わりを、スピーチが終わるフレーム {frame} にしました"
    ),
    "Seated": "座っている",
    "Seed": "シード",
    "Seed that this take was made with": "このテイクの作成に使われたシード",
    "Seed {seed}": "シード {seed}",
    "Seed {seed}, version {version}": "シード {seed}、バージョン {version}",
    "Select the strip of this pin in the NLA editor and go to its first frame": (
        "このピンのストリップをNLAエディターで選択し、その最初のフレームへ移動します"
    ),
    "Set Bone": "ボーンを設定",
    "Set Up": "セットアップ",
    "Set Up GPU": "GPUをセットアップ",
    "Set Up GPU…": "GPUをセットアップ…",
    "Set the scene's frame rate back to the one that the playing take was made for": (
        "シーンのフレームレートを、再生中のテイクが作られたときのものに戻します"
    ),
    "Shin": "すね",
    "Shortcuts": "ショートカット",
    "Show Lanes": "レーンを表示",
    "Show Pins": "ピンを表示",
    "Show a copy of the character beside it that plays this take; click again to remove the copy": (
        "このテイクを再生するキャラクターのコピーを隣に表示します。もう一度クリックすると消えます"
    ),
    "Show it in the Asset Browser, too": "アセットブラウザーにも表示します",
    "Show phrases, sound and accents in the NLA editor and the sequencer": (
        "NLA エディターとシーケンサーにフレーズ・音・アクセントを表示"
    ),
    "Show pinned strips and their fades in the NLA editor": (
        "ピン止めしたストリップとそのフェードをNLAエディターに表示します"
    ),
    "Show the folder of the log file": "ログファイルのフォルダを表示します",
    "Show which gestures would be suggested for which words, when and why; nothing is placed": (
        "どの単語にどのジェスチャーが、いつ、なぜ提案されるかを表示します。何も配置しません"
    ),
    "Sidebar Tab": "サイドバーのタブ",
    "Slows the movements down without making them smaller": "動きの大きさを変えずに遅くします",
    "Solo Take": "テイクをソロ",
    "Sound file to use": "使用するサウンドファイル",
    "Sound strip to use; when empty, the selected ones, the active one, or those on the lowest channel": (
        "使用するサウンドストリップ。空の場合は選択したもの、アクティブなもの、または最下段のチャンネルのもの"
    ),
    "Source": "ソース",
    "Speech": "スピーチ",
    "Speech: {name}": "スピーチ：{name}",
    "Speed": "速度",
    "Spine": "背骨",
    "Star": "スター",
    "Star Take": "テイクにスターを付ける",
    "Start Frame": "開始フレーム",
    "Start the graphics card's engine again": "グラフィックカードのエンジンを再起動します",
    "Starting": "開始中",
    "Starting the engine": "エンジンを起動中",
    "Stash Action": "アクションを保留",
    "Steps": "手順",
    "Stop generating; nothing is written": "生成を中止します。何も書き込まれません",
    "Stop setting up the engine and remove what was downloaded": (
        "エンジンのセットアップを中止し、ダウンロードしたものを削除します"
    ),
    "Stop the graphics card's engine, so that renders have its memory; the next Generate starts it again": (
        "レンダリングがメモリーを使えるよう、グラフィックカードのエンジンを停止します。次の生成で再び起動します"
    ),
    "Stop tweaking an NLA strip of the character": "キャラクターのNLAストリップのトゥイークを終了します",
    "Stopped": "停止",
    "Strip": "ストリップ",
    "Strip to follow; the selected one if none is given": "追従するストリップ。指定がなければ選択したもの",
    "Style": "スタイル",
    "Style of the gesture model to perform in; when empty, one is drawn with each take": (
        "演技に使うジェスチャーモデルのスタイル。空の場合はテイクごとにランダムに選ばれます"
    ),
    "Style: {name}": "スタイル：{name}",
    "Subtitles, a transcript of another program, or a plain text": (
        "字幕、他のプログラムの書き起こし、またはプレーンテキスト"
    ),
    "Suggest Again": "再提案",
    "Suggest Gestures": "ジェスチャーを提案",
    "Suggest others in place of those that you left as they are; what you moved, changed or deleted stays so": (
        "手を加えていない提案を別のものに替えます。移動・変更・削除したものはそのままです"
    ),
    "Suggested Gestures": "提案されたジェスチャー",
    "Suggestion Seed": "提案のシード",
    "Swap Left and Right": "左右を入れ替え",
    "Sync to Audio": "オーディオに同期",
    "Take": "テイク",
    "Take the character out of Edit Mode": "キャラクターを編集モードから出します",
    "Take the keys of IK controls out of the playing take again; its FK keys are as they were": (
        "再生中のテイクから IK コントロールのキーを取り除きます。FK のキーは元のままです"
    ),
    "Takes": "テイク",
    "Target": "ターゲット",
    "Test everything that generating needs, and show what works and what does not": (
        "生成に必要なものをすべてテストし、動作するものとしないものを表示します"
    ),
    "Testing it": "動作を確認中",
    "Text": "テキスト",
    "Text Strips": "テキストストリップ",
    "Text of This File": "このファイルのテキスト",
    "Text of this file that says what is said": "話される内容が書かれた、このファイルのテキスト",
    "Text strips of the sequencer: the selected ones, if any is": (
        "シーケンサーのテキストストリップ。選択があればそれだけ"
    ),
    "The GPU of Apple silicon": "AppleシリコンのGPU",
    "The character has no bones of these names: {bones}": "キャラクターに次の名前のボーンがありません：{bones}",
    "The character's left hand": "キャラクターの左手",
    "The character's right hand": "キャラクターの右手",
    "The fastest available device": "利用できる最速のデバイス",
    "The language that most of the words are known of": "最も多くの単語が知られている言語",
    "The line was spoken anew: this is a new take, with the gestures of the one before": (
        "セリフが話し直されたため、前のテイクのジェスチャーを引き継いだ新しいテイクになりました"
    ),
    "The next performance": "次の演技",
    "The previous performance": "前の演技",
    "The processor, in the engine's own process": "エンジン専用のプロセスでのプロセッサー",
    "The report was copied: paste it where you ask for help": (
        "レポートをコピーしました。助けを求める場所に貼り付けてください"
    ),
    "The side that is right already": "すでに正しい側",
    "The strip of this pin is gone": "このピンのストリップがありません",
    "right here": "まさにここ",
    "salute": "敬礼",
    "shake head": "首を振る",
    "shake head slowly": "ゆっくり首を振る",
    "shrug": "肩をすくめる",
    "size": "大きさ",
    "stop": "止まれ",
    "stop aside": "横へ止まれ",
    "stop firm": "強く止まれ",
    "stop high": "高く止まれ",
    "stop one hand": "片手で止まれ",
    "stress": "強調",
    "stressed in the text": "テキストで強調",
    "sweep away": "払いのける",
    "thank": "感謝",
    "that way": "あちらへ",
    "see 'blender -c a2g_batch --help'": "'blender -c a2g_batch --help'を見てください",
    "see its log: without a display it needs EGL": "ログを確認してください：画面なしではEGLが必要です",
    "set it on the character, or use 'a2g batch'": "キャラクターで設定するか、'a2g batch'を使ってください",
    "the arguments cannot be read ({why})": "引数を読み取れません（{why}）",
    "the scene has no camera": "シーンにカメラがありません",
    "the sequencer is left empty": "シーケンサーは空のままです",
    "the take begins before frame 0": "テイクがフレーム 0 より前に始まっています",
    "glTF cannot tell times so late apart": "glTFはこれほど遅い時刻を区別できません",
    "let the take begin sooner, or at 0": "テイクをもっと早く、または0から始めてください",
    "Thigh": "太もも",
    "this Blender plays no sounds": "このBlenderは音声を再生できません",
    "this Blender was built without USD": "この Blender は USD なしでビルドされています",
    "This Computer's CPU": "このコンピューターのCPU",
    "This gesture model lacks {controls}": "このジェスチャーモデルにないもの：{controls}",
    "This gesture model leaves the fingers as they are": "このジェスチャーモデルは指を動かしません",
    "This gesture model makes one motion per speech: another seed changes nothing": (
        "このジェスチャーモデルは1つのスピーチに1つの動きしか作りません。シードを変えても同じです"
    ),
    "Thumb": "親指",
    "Time Stretching is off": "時間の伸縮はオフです",
    "Time Stretching plays the scene faster or slower than its sound": (
        "時間の伸縮により、シーンが音より速くまたは遅く再生されます"
    ),
    "Toes": "つま先",
    "Torso": "胴体",
    "Turn Off Hold": "ホールドをオフ",
    "Turn Off Solo": "ソロをオフ",
    "Turn Off Time Stretching": "時間の伸縮をオフ",
    "Turn On NLA": "NLAをオン",
    "Type It…": "入力…",
    "Type or paste the text": "テキストを入力または貼り付けます",
    "Unfinished": "未完成",
    "Unity names": "Unity の名前",
    "Unknown bones": "不明なボーン",
    "Unmute Track": "トラックのミュートを解除",
    "Unpin Selected Strips": "選択ストリップのピンを外す",
    "Unreal names": "Unreal の名前",
    "Update Take": "テイクを更新",
    "Update Words": "単語を更新",
    "Upper Arm": "上腕",
    "Use Bones Preset": "ボーンプリセットを使用",
    "Use Built-in Model": "内蔵モデルを使用",
    "Use Pose Position": "ポーズ位置を使用",
    "three": "三",
    "throw up hands": "両手を上げる",
    "to the side": "横へ",
    "two": "二",
    "unsure": "不確か",
    "use Set Up Words, or pip install {package}": "「単語の準備」か pip install {package} を使ってください",
    "this Blender writes no videos": "このBlenderは動画を書き出せません",
    "use Start at Zero, or move it": "「ゼロから開始」を使うか、移動してください",
    "Use Take": "テイクを使用",
    "Use This Computer's CPU": "このコンピューターのCPUを使用",
    "Use a sound file": "サウンドファイルを使用します",
    "Use every sound strip of a channel of the sequencer": (
        "シーケンサーのチャンネルにあるすべてのサウンドストリップを使用します"
    ),
    "Use sound strips of the sequencer, as they are placed and trimmed there": (
        "シーケンサーのサウンドストリップを、配置とトリミングのとおりに使用します"
    ),
    "Use this preset as the character's list of bones": "このプリセットをキャラクターのボーンのリストとして使います",
    "VRoid names": "VRoid の名前",
    "Variation": "バリエーション",
    "Warnings": "警告",
    "What generates gestures": "ジェスチャーを生成するもの",
    "What is being done": "実行中の内容",
    "What is said, in any language": "話される内容（任意の言語）",
    "What may be wrong": "問題の可能性があるもの",
    "What new takes do to the animation below them": "新しいテイクが下層のアニメーションに対して行うこと",
    "What the gesture is called, and what it means": "ジェスチャーの名前と意味",
    "What the gesture means; suggestions choose by it": "ジェスチャーの意味。提案はこれで選ばれます",
    "What this gesture means; suggestions choose by it": "このジェスチャーの意味。提案はこれで選ばれます",
    "What went wrong": "失敗した内容",
    "Where new takes look: the eyes go there, and the head follows": (
        "新しいテイクが見る先。目がそこへ動き、頭が続きます"
    ),
    "Where the speech comes from": "スピーチの取得元",
    "Where the text of the speech is": "音声のテキストの場所",
    "Whether a take follows a slider": "テイクがスライダーに追従しているかどうか",
    "Which bone is which part of the body, as text; when empty, it is guessed": (
        "どのボーンがどの体の部位かを表すテキスト。空の場合は推測します"
    ),
    "Which hand does it": "どちらの手で行うか",
    "Which of the kept takes; the last one if none is given": (
        "保管されたテイクのうちのどれか。指定がなければ最後のもの"
    ),
    "Which of the phrase's performances": "フレーズの演技のうちのどれか",
    "Who Speaks": "話している人",
    "Whose words call for gestures": "その言語の単語でジェスチャーを選びます",
    "Words": "単語",
    "Write Gesture Library…": "ジェスチャーライブラリを書き込む…",
    "Write arms as IK": "腕を IK として書き込みます",
    "Write as FK": "FK として書き込む",
    "Write as IK": "IK として書き込む",
    "Write legs as IK": "脚を IK として書き込みます",
    "Write the change to a take that was generated last": "最後に生成したテイクの変更を書き込みます",
    "Write the list of bones as a rig map's file, for other characters with such bones": (
        "ボーンのリストをリグマップのファイルとして書き出し、同様のボーンを持つ他のキャラクターで使えるようにします"
    ),
    "Write the takes that were generated last as NLA strips of their own": (
        "最後に生成したテイクを独立したNLAストリップとして書き込みます"
    ),
    "Write what the character does while takes play into one action, which plays instead of them": (
        "テイクの再生中のキャラクターの動きを一つのアクションに書き込み、テイクの代わりに再生します"
    ),
    "Writing keys": "キーを書き込み中",
    "a character can be added in Object Mode only": "キャラクターを追加できるのはオブジェクトモードだけです",
    "a choice from {start:g} s to {end:g} s is empty": "{start:g} 秒から {end:g} 秒の選択は空です",
    "a folder cannot be shown without a window": "ウィンドウがないとフォルダを表示できません",
    "a frame rate of {fps} is out of range": "フレームレート {fps} は範囲外です",
    "a message between Blender and its engine cannot be read ({why})": (
        "Blenderとエンジンの間のメッセージを読み取れません ({why})"
    ),
    "a message of {n} characters is too long": "{n} 文字のメッセージは長すぎます",
    "a pin's fade of {fade:.2f} s is too long for the speech ({speech:.2f} s)": (
        "{fade:.2f} 秒のフェードはスピーチ ({speech:.2f} 秒) に対して長すぎます"
    ),
    "a pin's fade of {fade} s is out of range": "ピンのフェード {fade} 秒は範囲外です",
    "a pin's start is not a number": "ピンの開始が数値ではありません",
    "a pin's strength has {n} values": "ピンの強さに {n} 個の値があります",
    "a pin's strength of {strength} is out of range": "ピンの強さ {strength} は範囲外です",
    "a pinned clip from {start:.2f} s to {end:.2f} s lies outside the speech (0 to {speech:.2f} s)": (
        "{start:.2f} 秒から {end:.2f} 秒のピン止めしたクリップはスピーチ (0～{speech:.2f} 秒) の外にあります"
    ),
    "a pinned clip has fewer than two frames": "ピン止めしたクリップが2フレーム未満です",
    "a pinned clip has none of the character's joints": "ピン止めしたクリップにキャラクターの関節がありません",
    "a pinned clip of {clip:.2f} s is longer than the speech ({speech:.2f} s)": (
        "{clip:.2f} 秒のピン止めしたクリップはスピーチ ({speech:.2f} 秒) より長いです"
    ),
    "a pose to sit in lacks {names}": "座るポーズに {names} がありません",
    "a take with a voice cannot loop": "声のあるテイクはループできません",
    "a time is out of range": "時刻が範囲外です",
    "action '{name}' moves neither an arm nor the head": "アクション「{name}」は腕も頭も動かしません",
    "add a tier of words": "単語の層を追加してください",
    "add it to the text": "テキストに加えてください",
    "add one in the sequencer, or choose another source": "シーケンサーに追加するか、別のソースを選んでください",
    "add one in the text editor": "テキストエディターで追加してください",
    "add one there, or choose File under Speech": (
        "シーケンサーに追加するか、「スピーチ」で「ファイル」を選んでください"
    ),
    "add one to its action where the gesture is strongest": (
        "ジェスチャーが最も強い所で、そのアクションに追加してください"
    ),
    "add one with M, named as the word that is said there": "Mで追加し、そこで話される単語を名前にしてください",
    "add one, or look at something else": "追加するか、ほかのものを見てください",
    "add the clip to its NLA, or use Remove Pin": (
        "クリップをキャラクターのNLAに追加するか、「ピンを削除」を使ってください"
    ),
    "add them to its list of bones": "ボーンのリストに加えてください",
    "an NLA strip of '{name}' is being tweaked": "「{name}」のNLAストリップがトゥイーク中です",
    "an NLA strip of the character is being tweaked": "キャラクターのNLAストリップがトゥイーク中です",
    "an NLA track of '{name}' plays solo": "「{name}」のNLAトラックがソロで再生されています",
    "an idle of {seconds:g} s is out of range": "{seconds:g} 秒の待機は範囲外です",
    "an unexpected error occurred ({what})": "予期しないエラーが発生しました ({what})",
    "an unexpected error occurred in the engine ({why})": "エンジンで予期しないエラーが起きました ({why})",
    "and {n} more": "他{n}件",
    "append the armature that it was made for": "それを作った対象のアーマチュアをアペンドしてください",
    "ask for frames from {low} to {high}": "{low} から {high} までのフレームを指定してください",
    "between {start} and {end} something is said that is not in the text": (
        "{start} から {end} の間に、テキストにない言葉が話されています"
    ),
    "bone '{bend}' does not lie between '{first}' and '{last}'": (
        "ボーン「{bend}」が「{first}」と「{last}」の間にありません"
    ),
    "bone '{bone}' stands for two joints": "ボーン「{bone}」が2つの関節に割り当てられています",
    "bone '{outer}' is above '{inner}', and should be below it": (
        "ボーン「{outer}」は「{inner}」の親側にありますが、子側にあるはずです"
    ),
    "bones of the gestures are locked and will be left alone ({bones})": (
        "ジェスチャーのボーンがロックされているため、そのままになります（{bones}）"
    ),
    "bones of the list are no longer in the armature and will be left out ({bones})": (
        "リストのボーンがアーマチュアにないため、省かれます ({bones})"
    ),
    "built-in model": "内蔵モデル",
    "change it again": "もう一度変更してください",
    "change the take that it was made from": "元のテイクを変更してください",
    "channel {number} of the sequencer has no sound strip": (
        "シーケンサーのチャンネル {number} にサウンドストリップがありません"
    ),
    "check that Praat can open it": "Praat で開けるか確かめてください",
    "check that it belongs to this recording": "この録音のものか確かめてください",
    "check that it is a WebVTT file": "WebVTT ファイルか確かめてください",
    "check that it is a subtitle file": "字幕ファイルか確かめてください",
    "check the file": "ファイルを確認してください",
    "check the file with a JSON editor": "JSONエディターでファイルを確認してください",
    "check the file's times": "ファイルの時刻を確かめてください",
    "check the path of the text": "テキストのパスを確かめてください",
    "character '{character}' has no voice: {why}": "キャラクター「{character}」に声がありません：{why}",
    "choose File under Speech to place another": "別のものを配置するには「スピーチ」で「ファイル」を選んでください",
    "choose a Python program": "Pythonのプログラムを選んでください",
    "choose a Python with torch and numpy, or let Set Up GPU make one": (
        "torchとnumpyのあるPythonを選ぶか、「GPUをセットアップ」で作成してください"
    ),
    "choose a file that exists": "存在するものを選んでください",
    "choose a lost one": "失われたものを選んでください",
    "choose a recording that is not empty": "空でない録音を選んでください",
    "choose a recording with a voice in it, or turn its level up": "声の入った録音を選ぶか、音量を上げてください",
    "choose an Audio2Gestures model in the preferences": "プリファレンスでAudio2Gesturesのモデルを選んでください",
    "choose an Audio2Gestures model, or leave the idle out": "Audio2Gestures のモデルを選ぶか、待機を外してください",
    "choose an Audio2Gestures model, or let the character stand": (
        "Audio2Gestures のモデルを選ぶか、キャラクターを立たせてください"
    ),
    "choose an armature under Character, or use Add Character": (
        "「キャラクター」でアーマチュアを選ぶか、「キャラクターを追加」を使ってください"
    ),
    "choose another Python": "別のPythonを選んでください",
    "choose another bone for it, or have the bones guessed again": "別のボーンを選ぶか、もう一度推定させてください",
    "choose another file": "別のファイルを選んでください",
    "choose another folder": "別のフォルダーを選んでください",
    "choose another name": "別の名前を選んでください",
    "choose another one": "別のものを選んでください",
    "choose another one and generate again": "別のものを選び、もう一度生成してください",
    "choose another one for one of them": "どちらかに別のボーンを選んでください",
    "choose another one in the preferences, or use the built-in one": (
        "プリファレンスで別のモデルを選ぶか、内蔵モデルを使ってください"
    ),
    "choose another one under Speech": "「スピーチ」で別のものを選んでください",
    "choose another one under Speech, or none": "「スピーチ」で別のものを選ぶか、空にしてください",
    "choose another one, or generate a new take": "別のものを選ぶか、新しいテイクを生成してください",
    "choose another one, or remove the pin": "別のものを選ぶか、ピンを削除してください",
    "choose another place": "別の場所を選んでください",
    "choose another pose": "別のポーズを選んでください",
    "choose another recording": "別の録音を選んでください",
    "choose another scene in the sequencer": "シーケンサーで別のシーンを選んでください",
    "choose another seed": "別のシードを選んでください",
    "choose at least one above Generate Gestures": "「ジェスチャーを生成」の上で少なくとも1つ選んでください",
    "choose hands or feet": "手か足を選んでください",
    "choose it in the list of bones": "ボーンのリストで選んでください",
    "choose it in the list of bones, or choose another armature": (
        "ボーンの一覧で選ぶか、別のアーマチュアを選んでください"
    ),
    "choose none": "どれも選ばないでください",
    "choose one in the list": "リストから選んでください",
    "choose one in the list of takes": "テイクのリストから選んでください",
    "choose one of a whole body": "全身のものを選んでください",
    "choose one of this file's texts": "このファイルのテキストから選んでください",
    "choose one that ends in .blend": ".blendで終わるものを選んでください",
    "choose one that exists": "存在するものを選んでください",
    "choose one that has them in the preferences": "プリファレンスでスタイルのあるモデルを選んでください",
    "choose one that it has": "あるものを選んでください",
    "choose one under Gaze and Face, or look at nothing": "「視線と顔」で選ぶか、何も見ないようにしてください",
    "choose one under Speech": "「スピーチ」で選んでください",
    "choose other bones for this limb": "この手足に別のボーンを選んでください",
    "choose others above Generate Gestures": "「ジェスチャーを生成」の上で別の部位を選んでください",
    "choose others for them in the list of bones, or use Guess Again": (
        "ボーンのリストで別のボーンを選ぶか、「再判定」を使ってください"
    ),
    "choose others, or unpin it": "別の部位を選ぶか、ピンを外してください",
    "choose some, or mute the pin": "部位を選ぶか、ピンをミュートしてください",
    "choose that model, or generate a new take": "そのモデルを選ぶか、新しいテイクを生成してください",
    "choose that one in the preferences, or use Generate Gestures for new motion": (
        "プリファレンスでそのモデルを選ぶか、「ジェスチャーを生成」で新しい動きを作ってください"
    ),
    "choose that one under Speech, or use Generate Gestures for a new take": (
        "「スピーチ」でそのスピーチを選ぶか、「ジェスチャーを生成」で新しいテイクを作ってください"
    ),
    "choose that one under Speech, or use Update Take for a new take with its gestures": (
        "「スピーチ」でそのスピーチを選ぶか、「テイクを更新」でそのジェスチャーを引き継いだ新しいテイクを作ってください"
    ),
    "choose that version's product.safetensors in the preferences, or use Generate Gestures for new motion": (
        "プリファレンスでそのバージョンの product.safetensors を選ぶか、「ジェスチャーを生成」で新しい動きを作ってく"
        "ださい"
    ),
    "choose the armature of somebody who stands upright at rest": (
        "レスト位置で直立しているアーマチュアを選んでください"
    ),
    "choose the speech of another one, or look at something else": (
        "ほかのキャラクターのスピーチを選ぶか、ほかのものを見てください"
    ),
    "choose them in the list of bones": "ボーンのリストで選んでください",
    "click a bone there first": "まずポーズモードでボーンをクリックしてください",
    "click one first": "まず一つクリックしてください",
    "click one there": "そこでクリックして選んでください",
    "clip '{name}' has animated strip time": "クリップ「{name}」の再生時間がアニメーションしています",
    "clip '{name}' has modifiers of its own": "クリップ「{name}」に固有のモディファイアーがあります",
    "clip '{name}' is added to what lies below it": "クリップ「{name}」は下層に加算されています",
    "clip '{name}' lies in a reversed meta strip": "クリップ「{name}」は反転再生のメタストリップの中にあります",
    "clip '{name}' turns '{bone}', which has no effect while '{property}' of '{switch}' is not {value}": (
        "クリップ「{name}」は「{bone}」を回転させますが、「{switch}」の「{property}」が{value}でない間は効果があ"
        "りません"
    ),
    "close other programs that use it, or use this computer's CPU": (
        "グラフィックカードを使う他のプログラムを閉じるか、このコンピューターのCPUを使ってください"
    ),
    "constraints or drivers turn bones of the gestures ({bones})": (
        "コンストレイントかドライバーがジェスチャーのボーンを回しています ({bones})"
    ),
    "convert it to WAV": "WAVに変換してください",
    "convert it to WAV, or keep File under Speech": "WAVに変換するか、「スピーチ」を「ファイル」のままにしてください",
    "correct or remove those frames": "それらのフレームを修正するか、除いてください",
    "drag a preview range in the timeline with P": "タイムラインでPキーを使い、プレビュー範囲をドラッグしてください",
    "drag it over the take with P in the timeline": "タイムラインでPキーを使い、テイクの上にドラッグしてください",
    "drag it over what is said with P in the timeline": "タイムラインで P を押し、話している部分に範囲を引いてください",
    "enough to work with, a second of speech takes {seconds:.2f} s": (
        "作業できる速さです（1秒のスピーチに {seconds:.2f} 秒）"
    ),
    "every character of the scene is animated already, or hidden": (
        "シーンの全キャラクターはすでにアニメーションしているか、非表示です"
    ),
    "exactly one NLA strip of the character must be selected": (
        "キャラクターのNLAストリップがちょうど一つ選択されていません"
    ),
    "exchange them in the list of bones, or choose the bones again": "ボーンの一覧で入れ替えるか、選び直してください",
    "export it again, with a usual one such as 48000 Hz": "48000 Hz などの一般的な値で書き出し直してください",
    "export it with a rest pose that stands upright": "直立したレストポーズでエクスポートしてください",
    "export it with its bone lengths": "ボーンの長さを含めてエクスポートしてください",
    "export it with right-handed axes": "右手系の座標軸でエクスポートしてください",
    "export the recording again": "録音をもう一度エクスポートしてください",
    "fast enough, a second of speech takes {seconds:.2f} s": "十分な速さです（1秒のスピーチに {seconds:.2f} 秒）",
    "find it with Find Speech File": "「スピーチファイルを探す」で探してください",
    "find its file there, or make the sound local first": (
        "リンク元でファイルを探すか、先にサウンドをローカル化してください"
    ),
    "frames {first} to {stop} lie outside the speech": "フレーム {first} から {stop} はスピーチの外にあります",
    "free some space": "空き容量を増やしてください",
    "free some space on the disk": "ディスクの空き容量を増やしてください",
    "free some space, or choose an existing Python": "空き容量を増やすか、既存のPythonを選んでください",
    "generate a new one": "新しく生成してください",
    "generate a new take": "新しいテイクを生成してください",
    "gestures are being generated": "ジェスチャーを生成中です",
    "give 0 (loose) to 1 (exact)": "0 (緩い) から 1 (正確) の値を指定してください",
    "give 0 to {most:g} seconds": "0 から {most:g} 秒を指定してください",
    "give a clip of somebody who stands upright, with Y up": "Y軸が上で、人が直立しているクリップを指定してください",
    "give a clip with animation": "アニメーションのあるクリップを指定してください",
    "give a number, or one per frame": "数値を一つ、またはフレームごとに指定してください",
    "give a second of it": "その中の秒を指定してください",
    "give a whole body whose joints have the SMPL-X names": "関節にSMPL-Xの名前が付いた全身のデータを指定してください",
    "give an npz that says its frames per second there": "そこに1秒あたりのフレーム数が書かれたnpzを指定してください",
    "give an npz with 'poses' (T, 165) and 'mocap_frame_rate'": (
        "「poses」(T, 165)と「mocap_frame_rate」を含むnpzを指定してください"
    ),
    "give frames per second, such as 30": "30などの1秒あたりのフレーム数を指定してください",
    "give it to one": "どちらか一方に割り当ててください",
    "give its start in seconds": "開始を秒で指定してください",
    "give left, right or both": "left、right、both のいずれかを指定してください",
    "give one of Whisper, WhisperX, Vosk, AWS Transcribe or ElevenLabs, or subtitles": (
        "Whisper、WhisperX、Vosk、AWS Transcribe、ElevenLabs のものか、字幕を指定してください"
    ),
    "give one of each per joint": "関節ごとに一つずつ指定してください",
    "give one, or one per frame of its clip": "値を一つ、またはクリップのフレームごとに指定してください",
    "give seconds, 0 or more": "0以上の秒数を指定してください",
    "give the 52 or 55 SMPL-X joints": "SMPL-Xの52個または55個の関節を指定してください",
    "give the map the name of its file": "マップにファイルと同じ名前を付けてください",
    "give the text of one recording": "1つの録音のテキストを指定してください",
    "give the text of what is said": "話されている内容のテキストを指定してください",
    "give {kinds}": "{kinds} を指定してください",
    "give {known}": "{known} を指定してください",
    "go there with Tab": "Tabキーで切り替えてください",
    "go to the next one instead": "代わりに次の演技へ進んでください",
    "have the bones guessed again": "ボーンを再判定してください",
    "hear it again for this model": "このモデル用にもう一度聞き取ってください",
    "install one from python.org, or choose a Python that has torch": (
        "python.orgからインストールするか、torchのあるPythonを選んでください"
    ),
    "install the add-on again": "アドオンをもう一度インストールしてください",
    "invert the other one to hear both": "両方を使うには、もう一方の極性を反転してください",
    "it cannot be told what was edited in take '{name}'": "テイク「{name}」で何が編集されたか分かりません",
    "it cannot be told which way is up": "どちらが上かを判断できません",
    "it does not begin with WEBVTT": "WEBVTT で始まっていません",
    "it has no 'mocap_frame_rate'": "「mocap_frame_rate」がありません",
    "it has no 'poses'": "「poses」がありません",
    "it has no frames": "フレームがありません",
    "it has no subtitles": "字幕がありません",
    "it is no transcript of a kind that is known": "既知の種類の書き起こしではありません",
    "it is not JSON, or only a part of it": "JSON ではないか、その一部だけです",
    "it is not UTF-8 text": "UTF-8 のテキストではありません",
    "it is not a TextGrid": "TextGrid ではありません",
    "it is not a text": "テキストではありません",
    "its feet point backwards in its rest pose": "レストポーズで足が後ろを向いています",
    "key that property in the clip, or choose other body parts for it": (
        "クリップ内でそのプロパティにキーを打つか、別の身体部位を選んでください"
    ),
    "leave it out of the text if it is not said": "話されていないならテキストから除いてください",
    "leave it with Tab": "Tabキーで終了してください",
    "leave it with Tab in the NLA editor": "NLAエディターでTabキーを使って終了してください",
    "left and right are exchanged ('{bone}' lies on the other side)": (
        "左右が入れ替わっています（「{bone}」が反対側にあります）"
    ),
    "let it begin earlier or later": "開始を早めるか遅らせてください",
    "let it end after it starts": "開始より後に終わるようにしてください",
    "let it end after its start": "終了を開始より後にしてください",
    "let it end in .blend": ".blendで終わるようにしてください",
    "let it show its pose again": "再びポーズを表示させてください",
    "let only an idle loop": "待機だけをループさせてください",
    "let them be free first": "先にそれらを外してください",
    "list every parent before its children": "親を子より前に並べてください",
    "list the bones from the hips to the head under 'spine' and 'neck'": (
        "腰から頭までのボーンを「spine」と「neck」に列挙してください"
    ),
    "look at the log, or choose an existing Python": "ログを確認するか、既存のPythonを選んでください",
    "make a library override of it first": "先にライブラリオーバーライドを作成してください",
    "make it local first": "先にローカル化してください",
    "make the strip longer": "ストリップを長くしてください",
    "make the strip longer, or unpin it": "ストリップを長くするか、ピンを外してください",
    "mark one that does": "動かすものをマークしてください",
    "move it there or unpin it": "そこへ移動するか、ピンを外してください",
    "move its other strips out of the way": "ほかのストリップをよけてください",
    "move the clip onto the speech": "クリップをスピーチの上に移動してください",
    "mute it instead": "代わりにミュートしてください",
    "mute it, or delete it there": "ミュートするか、リンク元で削除してください",
    "mute it, or set its Blending to Replace or Combine": (
        "ミュートするか、ブレンド方法を「置き換え」か「統合」にしてください"
    ),
    "mute its pin instead": "代わりにピンをミュートしてください",
    "mute the pins, or choose an Audio2Gestures model": "ピンをミュートするか、Audio2Gesturesのモデルを選んでください",
    "name one to write to": "書き込み先を指定してください",
    "name them as ARKit does, such as eyeBlinkLeft and jawOpen": (
        "eyeBlinkLeftやjawOpenなど、ARKitの名前を付けてください"
    ),
    "no IK controls of this rig are known": "このリグの IK コントロールは知られていません",
    "no NLA strip of the character is being tweaked": "キャラクターのNLAストリップはトゥイーク中ではありません",
    "no NLA strip of the character is selected": "キャラクターのNLAストリップが選択されていません",
    "no NLA track of the character plays solo": "ソロで再生されているキャラクターのNLAトラックがありません",
    "no Python from {oldest} to {newest} was found to set up the engine with": (
        "エンジンのセットアップに使えるPython {oldest}～{newest} が見つかりません"
    ),
    "no action of the character is selected": "キャラクターのアクションが選択されていません",
    "no armature of this file has the bones of '{name}'": (
        "このファイルに「{name}」のボーンを持つアーマチュアがありません"
    ),
    "no body part is chosen": "体の部位が選ばれていません",
    "no bone is an eye of this character: its head turns alone": (
        "このキャラクターの目のボーンがないため、頭だけが動きます"
    ),
    "no bone is the jaw of this character": "このキャラクターの顎のボーンがありません",
    "no bone of '{name}' is active": "「{name}」にアクティブなボーンがありません",
    "no bone was found for the head": "頭のボーンが見つかりません",
    "no bone was found for the hips": "腰のボーンが見つかりません",
    "no bones were found for an arm": "腕のボーンが見つかりません",
    "no character is chosen": "キャラクターが選ばれていません",
    "no clip is pinned": "ピン止めされたクリップがありません",
    "no constraint or driver turns these bones": "これらのボーンを回すコンストレイントやドライバーはありません",
    "no file is given": "ファイルが指定されていません",
    "no file of the speech is missing": "見つからないスピーチのファイルはありません",
    "no file was named": "ファイルが指定されていません",
    "no finished take is kept on this computer": "このコンピューターに完成済みのテイクは保管されていません",
    "no gesture is selected": "ジェスチャーが選択されていません",
    "no gesture model": "ジェスチャーモデルなし",
    "no gesture was placed yet": "まだジェスチャーが配置されていません",
    "no gesture was suggested yet": "まだジェスチャーが提案されていません",
    "no log file is written": "ログファイルは書き込まれていません",
    "no marker with words lies over the speech": "音声の上に単語のあるマーカーがありません",
    "no mesh shows how wide the character is": "キャラクターの幅を示すメッシュがありません",
    "no object to look at is chosen": "見るオブジェクトが選ばれていません",
    "no other character has a voice": "声のあるほかのキャラクターがいません",
    "no pin is chosen": "ピンが選ばれていません",
    "no pin of the character is lost": "キャラクターに失われたピンはありません",
    "no pinned NLA strip of the character is selected": "キャラクターのピン止めされたNLAストリップが選択されていません",
    "no range is selected": "範囲が選択されていません",
    "no shape key follows this character": "このキャラクターに従うシェイプキーがありません",
    "no shape key of this character's meshes is known by its name to close the eyes, turn them or open the jaw": (
        "このキャラクターのメッシュには、目を閉じる・動かす、または顎を開くと名前でわかるシェイプキーがありません"
    ),
    "no speech file is chosen": "スピーチのファイルが選ばれていません",
    "no strip with sound is active in the sequencer": "シーケンサーで音声のあるストリップがアクティブではありません",
    "no take has been generated yet": "まだテイクが生成されていません",
    "no take is chosen": "テイクが選ばれていません",
    "no take of the character needs this": "これが必要なテイクはキャラクターにありません",
    "no take of the character plays": "再生されるキャラクターのテイクがありません",
    "no text strip with words lies over the speech": "音声の上に単語のあるテキストストリップがありません",
    "no word lies in what is heard of the speech": "聞こえている音声の部分に単語がありません",
    "nobody stands as it does in its rest pose": "レストポーズが人の立ち姿になっていません",
    "none of the chosen body parts can be moved": "選ばれた体の部位はどれも動かせません",
    "nothing was clicked": "何もクリックされていません",
    "click an accent in the NLA editor or the sequencer": (
        "NLA エディターかシーケンサーでアクセントをクリックしてください"
    ),
    "an accent is at no time": "アクセントの時刻がありません",
    "an accent's strength of {strength:g} is out of range": "アクセントの強さ {strength:g} が範囲外です",
    "change others there": "そこで別のアクセントを変更してください",
    "give seconds from the beginning of the speech": "スピーチの先頭からの秒数を指定してください",
    "go to one: the lanes of NLA editor and sequencer show them": (
        "アクセントに移動してください。NLA エディターとシーケンサーのレーンに表示されます"
    ),
    "make it stronger": "強めてください",
    "make it stronger or weaker": "強めるか弱めてください",
    "no accent is near this frame": "このフレームの近くにアクセントがありません",
    "raise Energy for more movement everywhere": "全体の動きを増やすにはエネルギーを上げてください",
    "this accent is as it is heard": "このアクセントは聞こえたままです",
    "this accent is as strong as it can be": "このアクセントはこれ以上強くできません",
    "this accent is as weak as it can be": "このアクセントはこれ以上弱くできません",
    "{number} of the accents that you changed are not in this recording": (
        "変更したアクセントのうち {number} 個がこの録音にありません"
    ),
    "nothing is being generated": "生成は行われていません",
    "nothing is known of how the character sits": "キャラクターの座り方がわかりません",
    "nothing is said in the selected range": "選択した範囲では何も話していません",
    "nothing is said in this take": "このテイクでは何も話していません",
    "now": "現在",
    "others drive, key or own these shape keys already ({names})": (
        "これらのシェイプキーはすでにほかで駆動・キー設定・所有されています（{names}）"
    ),
    "pin '{name}' comes from the linked file": "ピン「{name}」はリンクされたファイルのものです",
    "pin '{name}' is not lost": "ピン「{name}」は失われていません",
    "pin a clip made for it, or unpin it": "キャラクター用のクリップをピン止めするか、このピンを外してください",
    "pin a clip that moves its body": "その体を動かすクリップをピン止めしてください",
    "pin a longer clip": "もっと長いクリップをピン止めしてください",
    "pinned clip '{name}' has no body part to follow it": (
        "ピン止めしたクリップ「{name}」に追従する体の部位がありません"
    ),
    "pinned clip '{name}' is shorter than two frames": "ピン止めしたクリップ「{name}」は2フレーム未満です",
    "pinned clip '{name}' keys rotations of another kind than its bones are set to": (
        "ピン止めしたクリップ「{name}」の回転の種類がボーンの設定と異なります"
    ),
    "pinned clip '{name}' lies outside the speech (frames {first} to {last})": (
        "ピン止めしたクリップ「{name}」はスピーチの外にあります (フレーム {first}～{last})"
    ),
    "pinned clip '{name}' turns no bone of the body parts chosen for it": (
        "ピン止めしたクリップ「{name}」は、選んだ体の部位のボーンを回転しません"
    ),
    "pinned clip '{name}' turns none of the character's bones": (
        "ピン止めしたクリップ「{name}」は、キャラクターのボーンを回転しません"
    ),
    "pinned clips have changed since this take was made ({names})": (
        "ピン止めしたクリップがこのテイクの作成後に変更されています ({names})"
    ),
    "put back its file '{name}.py', or generate a new take": (
        "そのファイル「{name}.py」を元に戻すか、新しいテイクを生成してください"
    ),
    "raise Variation, choose a longer part, or use another seed": (
        "「バリエーション」を上げるか、もっと長い部分を選ぶか、別のシードを使ってください"
    ),
    "read docs/manual in the add-on's repository": "アドオンのリポジトリの docs/manual を読んでください",
    "remove them from the strip": "ストリップから削除してください",
    "remove them from the take first": "先にテイクから取り除いてください",
    "report this as a bug": "バグとして報告してください",
    "reset its scale, repeat and reversal in the NLA editor": (
        "NLAエディターでスケール、リピート、反転をリセットしてください"
    ),
    "restart it, or use this computer's CPU": "再起動するか、このコンピューターのCPUを使ってください",
    "restart the engine": "エンジンを再起動してください",
    "reverse the clip itself": "クリップ自体を反転してください",
    "rig map '{file}' cannot be read ({reason})": "リグマップ「{file}」を読み込めません（{reason}）",
    "rig map '{file}' cannot be read as JSON ({reason})": "リグマップ「{file}」をJSONとして読み込めません（{reason}）",
    "rig map '{file}' gives bone '{bone}' to '{first}' and '{second}'": (
        "リグマップ「{file}」はボーン「{bone}」を「{first}」と「{second}」に割り当てています"
    ),
    "rig map '{file}' has '{joint}' under '{key}'": "リグマップ「{file}」の「{key}」に「{joint}」があります",
    "rig map '{file}' has format {format}": "リグマップ「{file}」の形式は{format}です",
    "rig map '{file}' has no valid '{key}'": "リグマップ「{file}」に有効な「{key}」がありません",
    "rig map '{file}' has the unknown joint '{joint}' under '{key}'": (
        "リグマップ「{file}」の「{key}」に未知の関節「{joint}」があります"
    ),
    "rig map '{file}' has the unknown key '{key}'": "リグマップ「{file}」に未知のキー「{key}」があります",
    "rig map '{file}' is named '{name}' inside": "リグマップ「{file}」の中の名前は「{name}」です",
    "rig map '{file}' is too large": "リグマップ「{file}」が大きすぎます",
    "save it as UTF-8": "UTF-8 で保存してください",
    "see 'Rig maps' in the manual": "マニュアルの「Rig maps」を参照してください",
    "select NLA strips of it and use Pin Selected Strips": (
        "そのNLAストリップを選択し、「選択ストリップをピン止め」を使ってください"
    ),
    "select NLA strips of the character and use Pin Selected Strips": (
        "キャラクターのNLAストリップを選択し、「選択ストリップをピン止め」を使ってください"
    ),
    "select one in the NLA editor": "NLAエディターで選択してください",
    "select one that plays an action": "アクションを再生するものを選択してください",
    "select strips of it in the NLA editor, or key a gesture": (
        "NLAエディターでストリップを選ぶか、ジェスチャーにキーを打ってください"
    ),
    "select the one to follow": "追従するものを選択してください",
    "select the strip of one in the NLA editor": "NLAエディターでそのストリップを選んでください",
    "the armature has no arms to measure a body by": "アーマチュアに体を測るための腕がありません",
    "choose their bones in the list of bones": "ボーンのリストでそのボーンを選んでください",
    "the body of the character was not measured": "キャラクターの体は測られていません",
    "the measured body of the character cannot be read": "キャラクターの測った体を読み込めません",
    "use Measure Hand Clearance": "「手の間隔を測る」を使ってください",
    "set Hand Clearance yourself": "手の間隔を自分で設定してください",
    "set its Blending to Replace": "ブレンド方法を「置き換え」にしてください",
    "set the bones to that Rotation Mode, or use Generate Gestures for a new take": (
        "ボーンをその回転モードに設定するか、「ジェスチャーを生成」で新しいテイクを作ってください"
    ),
    "set the bones to the Rotation Mode that it was keyed in, or unpin it": (
        "キーを打った時の回転モードにボーンを設定するか、ピンを外してください"
    ),
    "set the scene's frame rate back, or use Generate Gestures for a new take": (
        "シーンのフレームレートを戻すか、「ジェスチャーを生成」で新しいテイクを作ってください"
    ),
    "set the scene's frame rate to that, or choose another take": (
        "シーンのフレームレートをそれに合わせるか、別のテイクを選んでください"
    ),
    "set them back, or choose an Audio2Gestures model": "元に戻すか、Audio2Gesturesのモデルを選んでください",
    "shorten the fade": "フェードを短くしてください",
    "slow, a second of speech takes {seconds:.1f} s; sliders will follow late": (
        "遅めです（1秒のスピーチに {seconds:.1f} 秒）。スライダーの反映が遅れます"
    ),
    "sound '{name}' is linked from another file": "サウンド「{name}」は別のファイルからリンクされています",
    "sound strip '{name}' has no sound": "サウンドストリップ「{name}」にサウンドがありません",
    "sound strip '{name}' is muted or hidden by its meta strip": (
        "サウンドストリップ「{name}」はミュートされているか、メタストリップに隠れています"
    ),
    "sound strip '{name}' is retimed in a way that cannot be followed": (
        "サウンドストリップ「{name}」のリタイミングには対応できません"
    ),
    "speech '{name}' is {now} frames long, but its take was made for {then}": (
        "スピーチ「{name}」の長さは {now} フレームですが、テイクは {then} フレーム用に作られました"
    ),
    "strip '{name}' has no pose marker '{marker}'": "ストリップ「{name}」にポーズマーカー「{marker}」がありません",
    "strip '{name}' is pinned already": "ストリップ「{name}」はすでにピン止めされています",
    "strip '{name}' lies in a meta strip": "ストリップ「{name}」はメタストリップの中にあります",
    "strip '{name}' plays in a way that cannot be baked (only plain strips that replace or combine can)": (
        "ストリップ「{name}」はベイクできない再生方法です (置き換えか統合の単純なストリップのみ可能)"
    ),
    "strip '{strip}' holds its pose (Extrapolation: Hold) over take '{name}' and hides it": (
        "ストリップ「{strip}」が (外挿: ホールドで) テイク「{name}」の上にポーズを保持し、隠しています"
    ),
    "strip '{strip}' lies over all of take '{name}' and hides it": (
        "ストリップ「{strip}」がテイク「{name}」全体の上にあり、隠しています"
    ),
    "take '{name}' does not play at its own speed": "テイク「{name}」が本来の速度で再生されていません",
    "take '{name}' has fewer keys, to be edited by hand": "テイク「{name}」は手で編集するためにキーを減らしてあります",
    "take '{name}' holds keys of your own on '{bone}'": "テイク「{name}」の「{bone}」にはあなたのキーがあります",
    "take '{name}' is combined with what lies below it, which IK controls cannot be": (
        "テイク「{name}」は下のものと統合されていますが、IK コントロールは統合できません"
    ),
    "take '{name}' is linked from another file": "テイク「{name}」は別のファイルからリンクされています",
    "take '{name}' is not written as IK": "テイク「{name}」は IK として書き込まれていません",
    "take '{name}' is written as IK, and can be changed as FK only": (
        "テイク「{name}」は IK として書き込まれており、FK でのみ変更できます"
    ),
    "take '{name}' keys none of the limbs chosen whose IK controls are known": (
        "テイク「{name}」は、IK コントロールが知られている選択された手足のどれにもキーを持ちません"
    ),
    "take it out of there first": "先に取り出してください",
    "the NLA of '{name}' is turned off": "「{name}」のNLAがオフです",
    "the NLA of the character is on": "キャラクターのNLAはオンです",
    "the NLA track of take '{name}' is muted": "テイク「{name}」のNLAトラックがミュートされています",
    "the TextGrid has no tier with words": "TextGrid に単語のある層がありません",
    "no word of the text is heard": "テキストの単語がひとつも聞こえません",
    "the action of '{name}' is linked from another file": "「{name}」のアクションは別のファイルからリンクされています",
    "the active action '{name}' would hide the gestures": "アクティブアクション「{name}」がジェスチャーを隠します",
    "the body does not rise from the hips ('{pelvis}') to the head ('{head}')": (
        "体が腰（「{pelvis}」）から頭（「{head}」）へ立ち上がっていません"
    ),
    "the built-in gesture model is used already": "内蔵のジェスチャーモデルはすでに使われています",
    "the channels of '{name}' cancel each other out, so that only the loudest one is heard": (
        "「{name}」のチャンネルは互いに打ち消し合うため、最も大きいチャンネルだけを使います"
    ),
    "the character has an active action, which the baked one would replace": (
        "キャラクターにアクティブアクションがあり、ベイクしたもので置き換えられます"
    ),
    "the character has no active action": "キャラクターにアクティブアクションがありません",
    "the character has no bones for '{name}'": "キャラクターには「{name}」のためのボーンがありません",
    "the character has no pin": "キャラクターにピンがありません",
    "the character has no strip without a pin": "キャラクターにピンのないストリップがありません",
    "the character has no take": "キャラクターにテイクがありません",
    "the character has no take '{name}'": "キャラクターにテイク「{name}」がありません",
    "the character is not in Edit Mode": "キャラクターは編集モードではありません",
    "the character is not in Rest Position": "キャラクターはレスト位置ではありません",
    "the character is not linked from another file": "キャラクターは別のファイルからリンクされたものではありません",
    "the character was deleted meanwhile": "その間にキャラクターが削除されました",
    "the character's list of bones cannot be read ({why})": "キャラクターのボーンのリストを読み取れません ({why})",
    "the disk has {free:.1f} GB of free space and the engine needs {size:.1f} GB": (
        "ディスクの空き容量は {free:.1f} GBですが、エンジンには {size:.1f} GBが必要です"
    ),
    "the emphasis of '{name}' is cut off": "「{name}」の強調が切り取られています",
    "the engine and the add-on have different versions": "エンジンとアドオンのバージョンが異なります",
    "the engine could not be set up ({why})": "エンジンをセットアップできませんでした ({why})",
    "the engine does not answer": "エンジンが応答しません",
    "the engine is being set up": "エンジンをセットアップ中です",
    "the engine is not being set up": "エンジンのセットアップは行われていません",
    "the engine is not running": "エンジンは動作していません",
    "the engine reported an error that cannot be read": "エンジンが読み取れないエラーを報告しました",
    "the engine stopped (status {status})": "エンジンが停止しました (ステータス {status})",
    "the engine stopped ({why})": "エンジンが停止しました ({why})",
    "the engine was killed, perhaps because memory ran out": (
        "エンジンが強制終了されました。メモリー不足の可能性があります"
    ),
    "the engine's Python '{path}' cannot be started ({why})": "エンジンのPython「{path}」を起動できません ({why})",
    "the engine's Python '{path}' is missing": "エンジンのPython「{path}」がありません",
    "the engine's Python cannot load torch ({why})": "エンジンのPythonがtorchを読み込めません ({why})",
    "the file '{name}' between Blender and its engine cannot be read ({why})": (
        "Blenderとエンジンの間のファイル「{name}」を読み取れません ({why})"
    ),
    "the file of sound strip '{name}' is missing ('{path}')": (
        "サウンドストリップ「{name}」のファイルがありません (「{path}」)"
    ),
    "the folder '{path}' cannot be written ({why})": "フォルダ「{path}」に書き込めません ({why})",
    "the gesture model '{name}' makes 2-D key points, not body motion": (
        "ジェスチャーモデル「{name}」が生成するのは2Dのキーポイントで、体の動きではありません"
    ),
    "the gesture model cannot be used ({why})": "ジェスチャーモデルを使えません ({why})",
    "the gesture model is missing": "ジェスチャーモデルがありません",
    "the graphics card has too little free memory": "グラフィックカードの空きメモリーが足りません",
    "the graphics card's engine is not set up": "グラフィックカードのエンジンがセットアップされていません",
    "the header of '{name}' is damaged": "「{name}」のヘッダーが壊れています",
    "the kept take is damaged": "保管されたテイクが壊れています",
    "the kept take is for a body that this version does not know ({names})": (
        "保管されたテイクは、このバージョンが扱えない体のものです ({names})"
    ),
    "the kept take was made by a newer version of Audio2Gestures": (
        "保管されたテイクは、より新しいバージョンのAudio2Gesturesのものです"
    ),
    "the kept take was made for {made:g} frames per second, but the scene plays {now:g}": (
        "保管されたテイクは毎秒 {made:g} フレーム用ですが、シーンは毎秒 {now:g} フレームです"
    ),
    "the list of bones has no row '{row}'": "ボーンのリストに行「{row}」はありません",
    "the list of bones names '{bone}', which the armature does not have": (
        "ボーンの一覧にある「{bone}」がアーマチュアにありません"
    ),
    "the list of bones was not corrected": "ボーンのリストは修正されていません",
    "the manual is not installed": "マニュアルがインストールされていません",
    "the motion contains values that are not finite": "動きに有限でない数値が含まれています",
    "the motion diverged by frame {frame}": "動きがフレーム {frame} までに発散しました",
    "the plan of a performance is damaged": "演技のプランが壊れています",
    "the plan of this take was made with another model": "このテイクのプランは別のモデルで作られました",
    "this take does not know everybody who takes part by now ({names})": (
        "このテイクは今参加している全員を知りません ({names})"
    ),
    "the scene has become longer than the idle of this take": "シーンがこのテイクの待機より長くなりました",
    "the scene has no camera to look at": "シーンに見るべきカメラがありません",
    "the scene's range is empty": "シーンの範囲が空です",
    "the selected range lies outside the take": "選択範囲がテイクの外にあります",
    "the sequencer has no sound strip": "シーケンサーにサウンドストリップがありません",
    "the sequencer has no sound strip '{name}'": "シーケンサーにサウンドストリップ「{name}」がありません",
    "the sequencer's scene '{name}' is linked from another file": (
        "シーケンサーのシーン「{name}」は別のファイルからリンクされています"
    ),
    "the skeleton has no fingers to make key points of": "スケルトンにキーポイントの元になる指がありません",
    "the skeleton's joints are out of order": "スケルトンの関節の順序が正しくありません",
    "the skeleton's names, parents and offsets differ in length": "スケルトンの名前、親、オフセットの数が一致しません",
    "the speech contains samples that are not finite or far too large": (
        "スピーチに有限でない値、または大きすぎる値が含まれています"
    ),
    "the speech has no samples": "スピーチに音声データがありません",
    "the speech is in the sequencer already": "スピーチはすでにシーケンサーにあります",
    "the speech is not the one that this take was made for ('{name}')": (
        "スピーチがこのテイクの作成に使われたもの (「{name}」) ではありません"
    ),
    "the speech is silent": "スピーチが無音です",
    "the speech lies outside Blender's timeline (frames {first} to {last})": (
        "スピーチがBlenderのタイムラインの外にあります (フレーム {first}～{last})"
    ),
    "the speech was heard at {heard:g} frames per second, but this model works at {model:g}": (
        "スピーチは毎秒 {heard:g} フレームで聞き取られましたが、このモデルは毎秒 {model:g} フレームです"
    ),
    "the speech was moved to frame {now}, but take '{name}' begins on frame {then}": (
        "スピーチはフレーム {now} に移動されましたが、テイク「{name}」はフレーム {then} から始まります"
    ),
    "the strip of this pin is gone": "このピンのストリップがありません",
    "the take keys rotations of another kind than its bones are set to ({bones})": (
        "このテイクは、ボーンの設定とは異なる種類の回転をキーしています（{bones}）"
    ),
    "the take was deleted meanwhile": "その間にテイクが削除されました",
    "the take was edited meanwhile": "その間にテイクが編集されました",
    "the text does not seem to be what is said": "テキストは話されている内容ではないようです",
    "the text has no words": "テキストに単語がありません",
    "the text is too long for the speech": "テキストは音声に対して長すぎます",
    "the words are those of another recording": "単語は別の録音のものです",
    "the words of the speech are not known": "音声の単語が分かりません",
    "there is no character in the scene": "シーンにキャラクターがいません",
    "there is no file '{path}'": "ファイル「{path}」がありません",
    "there is no folder '{path}'": "フォルダー「{path}」がありません",
    "there is no gesture '{name}'": "ジェスチャー「{name}」がありません",
    "there is no gesture model '{path}'": "ジェスチャーモデル「{path}」がありません",
    "there is no lexicon of '{language}'": "「{language}」の辞書はありません",
    "there is no log": "ログがありません",
    "there is no memory to free": "解放するメモリーがありません",
    "there is no text '{path}'": "テキスト「{path}」がありません",
    "there is nothing to cancel": "キャンセルするものがありません",
    "there is nothing to change": "変更するものがありません",
    "there is nothing to find": "探すものがありません",
    "there is nothing to forget": "破棄するものはありません",
    "there is nothing to leave": "終了するものがありません",
    "there is nothing to move to the NLA": "NLAへ移すものがありません",
    "there is nothing to mute": "ミュートするものがありません",
    "there is nothing to override": "オーバーライドするものがありません",
    "there is nothing to relink": "再リンクするものがありません",
    "there is nothing to restart": "再起動するものがありません",
    "there is nothing to turn off": "オフにするものがありません",
    "there is nothing to turn on": "オンにするものがありません",
    "this computer's CPU generates gestures": "ジェスチャーはこのコンピューターのCPUで生成されます",
    "this computer's CPU generates gestures already": "ジェスチャーはすでにこのコンピューターのCPUで生成されます",
    "this file has no text": "このファイルにはテキストがありません",
    "this is the phrase's first performance": "これはフレーズの最初の演技です",
    "this model cannot follow pinned clips": "このモデルはピン止めしたクリップに追従できません",
    "this model cannot idle": "このモデルは待機できません",
    "this model cannot regenerate a part of a take": "このモデルはテイクの一部だけを再生成できません",
    "this model cannot sit": "このモデルは座れません",
    "this model has no style '{style}'": "このモデルにはスタイル「{style}」がありません",
    "this model has no styles": "このモデルにはスタイルがありません",
    "this model lacks the controls {names}": "このモデルにはスライダー {names} がありません",
    "this model makes 2-D key points, not the motion of a skeleton": (
        "このモデルが生成するのは2Dのキーポイントで、スケルトンの動きではありません"
    ),
    "this part of the take has no other performance": "テイクのこの部分には別の演技がありません",
    "this take follows its pins as an earlier version did, with all of the body": (
        "このテイクは以前のバージョンと同じく、全身で固定クリップに従っています"
    ),
    "this take has no record of how it was made": "このテイクには作り方の記録がありません",
    "this take is no longer kept": "このテイクはもう保持されていません",
    "this take was edited by hand": "このテイクは手で編集されています",
    "this take was made by a newer version of Audio2Gestures": (
        "このテイクは、より新しいバージョンのAudio2Gesturesのものです"
    ),
    "this take was made for {made:g} frames per second, but the scene plays {now:g}": (
        "このテイクは毎秒 {made:g} フレーム用ですが、シーンは毎秒 {now:g} フレームです"
    ),
    "this take was made with another gesture model ('{name}')": (
        "このテイクは別のジェスチャーモデル (「{name}」) で作られました"
    ),
    "this take was made with the slider '{name}', which is not installed": (
        "このテイクは、インストールされていないスライダー「{name}」で作られました"
    ),
    "this version reads 1 to {newest}; update Audio2Gestures": (
        "このバージョンは1〜{newest}を読み込めます。Audio2Gesturesを更新してください"
    ),
    "trim the clip": "クリップをトリミングしてください",
    "turn it on in the NLA editor": "NLAエディターでオンにしてください",
    "turn off its Animated Strip Time": "「時間のアニメーション」をオフにしてください",
    "turn off its star in the NLA editor": "NLAエディターでスターをオフにしてください",
    "turn on Log File in the preferences, or use Copy Problem Report": (
        "プリファレンスで「ログファイル」をオンにするか、「問題レポートをコピー」を使ってください"
    ),
    "turn on Preferences > System > Network > Allow Online Access, or choose an existing Python": (
        "プリファレンス > システム > ネットワークでオンラインアクセスを許可するか、既存のPythonを選んでください"
    ),
    "two joints of the skeleton are in the same place": "スケルトンの2つの関節が同じ位置にあります",
    "undo their changes, or use Generate Gestures for a new take": (
        "変更を元に戻すか、「ジェスチャーを生成」で新しいテイクを作ってください"
    ),
    "unlock their rotation in the sidebar, unless it is meant": (
        "意図したものでなければ、サイドバーで回転のロックを解除してください"
    ),
    "unmute it and its channel, or choose another one": (
        "ストリップとチャンネルのミュートを解除するか、別のものを選んでください"
    ),
    "update the add-on": "アドオンを更新してください",
    "use Add Character": "「キャラクターを追加」を使ってください",
    "use Add Gesture at Playhead": "「再生ヘッドにジェスチャーを追加」を使ってください",
    "use Bake Gestures to Action": "「ジェスチャーをアクションにベイク」を使ってください",
    "use Choose Style, or choose the model that has it in the preferences": (
        "「スタイルを選択」を使うか、プリファレンスでそのスタイルがあるモデルを選んでください"
    ),
    "use Connect Shape Keys first": "先に「シェイプキーをつなぐ」を使ってください",
    "use Copy Problem Report": "「問題レポートをコピー」を使ってください",
    "use Copy Problem Report instead": "代わりに「問題レポートをコピー」を使ってください",
    "use Find Speech File": "「スピーチファイルを探す」を使ってください",
    "use Find Speech File, or choose another": "「スピーチファイルを探す」を使うか、別のものを選んでください",
    "use Generate Gestures": "「ジェスチャーを生成」を使ってください",
    "use Generate Gestures again": "もう一度「ジェスチャーを生成」を使ってください",
    "use Generate Gestures for a new one": "「ジェスチャーを生成」で新しく作ってください",
    "use Generate Gestures for a new take, or choose an Audio2Gestures model": (
        "「ジェスチャーを生成」で新しいテイクを作るか、Audio2Gesturesのモデルを選んでください"
    ),
    "use Generate Gestures, or unmute a take": "「ジェスチャーを生成」を使うか、テイクのミュートを解除してください",
    "use Generate Idle for one of them": "どれか一つに「待機を生成」を使ってください",
    "use Generate Idle or Generate Listening for another one": (
        "別のものには「待機を生成」または「聞き手を生成」を使ってください"
    ),
    "use Leave Tweak Mode": "「トゥイークモードを終了」を使ってください",
    "use Move Take Too, or move the speech back": "「テイクも移動」を使うか、スピーチを元に戻してください",
    "use Move Take to Top, or mute it": "「テイクを一番上へ」を使うか、ストリップをミュートしてください",
    "use Mute Constraints and Drivers, unless they are meant to": (
        "意図したものでなければ「コンストレイントとドライバーをミュート」を使ってください"
    ),
    "use Object > Library Override > Make, or append it instead": (
        "オブジェクト > ライブラリオーバーライド > 作成を使うか、代わりにアペンドしてください"
    ),
    "use Push Down Action first": "先に「アクションをストリップ化」を使ってください",
    "use Push Down Action to keep it as an NLA strip": (
        "「アクションをストリップ化」でNLAストリップとして残してください"
    ),
    "use Read Words": "「単語を読み込む」を使ってください",
    "use Relink Pin or Remove Pin": "「ピンを再リンク」か「ピンを削除」を使ってください",
    "use Set Up GPU again": "もう一度「GPUをセットアップ」を使ってください",
    "use Set Up GPU first": "先に「GPUをセットアップ」を使ってください",
    "use Set Up GPU, or choose another Python": "「GPUをセットアップ」を使うか、別のPythonを選んでください",
    "use Set Up GPU, or this computer's CPU": "「GPUをセットアップ」か、このコンピューターのCPUを使ってください",
    "use Strip > Retiming > Reset Retiming, or render the sound to a file and use that": (
        "ストリップ > リタイミング > リタイミングをリセットを使うか、音声をファイルに書き出して使ってください"
    ),
    "use Suggest Gestures": "「ジェスチャーを提案」を使ってください",
    "use Turn Off Hold or Move Take to Top": "「ホールドをオフ」か「テイクを一番上へ」を使ってください",
    "use Turn Off Time Stretching": "「時間の伸縮をオフ」を使ってください",
    "use Unmute Track": "「トラックのミュートを解除」を使ってください",
    "use Update Take first, or generate a new take": "先に「テイクを更新」を使うか、新しいテイクを生成してください",
    "use Update Take for a changed copy of it": "「テイクを更新」で変更したコピーを作ってください",
    "use Update Take, so that the character looks at them too": (
        "「テイクを更新」を使うと、キャラクターはその人たちも見ます"
    ),
    "use Update Take for a new take with its gestures": (
        "「テイクを更新」でそのジェスチャーを引き継いだ新しいテイクを作ってください"
    ),
    "use Update Words": "「単語を更新」を使ってください",
    "use Update Words, or untrim its strip": "「単語を更新」を使うか、ストリップのトリミングを戻してください",
    "use Use Built-in Model in the preferences, or Generate Gestures for new motion": (
        "プリファレンスで「内蔵モデルを使用」を押すか、「ジェスチャーを生成」で新しい動きを作ってください"
    ),
    "use Write as FK, change it, and write it as IK again": (
        "「FK として書き込む」を使い、変更してから再び IK として書き込んでください"
    ),
    "use Write as IK": "「IK として書き込む」を使ってください",
    "use a Rigify character, or a rig map that names them under 'ik'": (
        "Rigify のキャラクター、または「ik」でそれらを挙げるリグマップを使ってください"
    ),
    "use generate_channels, or a 3-D model": "generate_channelsか3Dモデルを使ってください",
    "use one of: {styles}": "次のいずれかを使ってください：{styles}",
    "use one that the manual names": "マニュアルにある名前を使ってください",
    "use only {keys}": "{keys}だけを使ってください",
    "use the names of SMPL-X joints": "SMPL-Xの関節名を使ってください",
    "use values from {low:g} to {high:g}": "{low:g} から {high:g} の値を使ってください",
    "wait": "お待ちください",
    "wait, or cancel": "待つか、キャンセルしてください",
    "wave": "手を振る",
    "wave big": "大きく手を振る",
    "wave friendly": "親しげに手を振る",
    "wave high": "高く手を振る",
    "wave lively": "元気に手を振る",
    "wave long": "長く手を振る",
    "wave off": "払う",
    "wave off low": "低く払う",
    "wave off one hand": "片手で払う",
    "wave off wide": "広く払う",
    "we": "私たち",
    "which way is left cannot be told without 'left_hip' and 'right_hip'": (
        "「left_hip」と「right_hip」がないため、左方向を判断できません"
    ),
    "which way is up cannot be told without 'spine3', 'neck' or 'head'": (
        "「spine3」「neck」「head」のいずれもないため、上方向を判断できません"
    ),
    "words are found without it, too": "なくても単語は見つかります",
    "write it again": "書き出し直してください",
    "you": "あなた",
    "you both hands": "両手であなた",
    "you point": "あなたを指す",
    "write a number": "数値を書いてください",
    "write a whole number": "整数を書いてください",
    "'{name}' says line '{line}', and would listen to it": "'{name}'は行'{line}'を話す本人です",
    "name another listener": "別の聞き手を指定してください",
    "write its name into the column character, or choose one": "列characterに名前を書くか、選んでください",
    "{done:.1f} of about {all:.1f} GB on the disk": "ディスク上に約 {all:.1f} GB中 {done:.1f} GB",
    "{found} without {names}": "{found}（{names} なし）",
    "{found} · whole body": "{found} · 全身",
    "{found} · {n}/{total} bones": "{found} · {n}/{total} ボーン",
    "{n:.0f} d ago": "{n:.0f} 日前",
    "{n:.0f} h ago": "{n:.0f} 時間前",
    "{n:.0f} min ago": "{n:.0f} 分前",
    "{names} and {n} more": "{names} 他 {n} 件",
    "{name} (lost)": "{name} (見つかりません)",
    "{name} (not followed)": "{name}（追従しない）",
    "{name} has shape {shape}": "{name} の形状が {shape} です",
    "{name} is out of range": "{name} が範囲外です",
    "{name}: frames {first} to {last}": "{name}：フレーム {first}～{last}",
    "{n} gestures fit the words": "{n} 個のジェスチャーが単語に合います",
    "{n} gestures were written; add the folder under Preferences > File Paths > Asset Libraries to see them": (
        "{n} 個のジェスチャーを書き込みました。プリファレンス > "
        "ファイルパス > アセットライブラリにフォルダーを追加すると表示されます"
    ),
    "{n} shape keys follow from the next take on": "次のテイクから{n}個のシェイプキーが従います",
    "{n} words are known": "{n} 個の単語が分かっています",
    "{n} words of '{name}' are known": "「{name}」の {n} 個の単語が分かっています",
    "{problem}; {hint}.": "{problem}。{hint}。",
    "Not verified: {rig}": "未検証: {rig}",
    "{share:.0%} of the keys are left, at most {degrees:.2f}° and {centimetres:.2f} cm off": (
        "キーの {share:.0%} が残り、ずれは最大 {degrees:.2f}°、{centimetres:.2f} cm です"
    ),
    "{size:.1f} MB kept": "{size:.1f} MBを保管中",
}
