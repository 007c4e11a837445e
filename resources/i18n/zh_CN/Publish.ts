<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ChooseCard</name>
    <message>
        <source>Let go to choose it</source>
        <translation>松手即可选用</translation>
    </message>
    <message>
        <source>Share a video</source>
        <translation>分享一段视频</translation>
    </message>
    <message>
        <source>Choose a file, or drop one here. Nothing is sent before you say so.</source>
        <translation>选择一个文件，或拖到这里。在你确认之前不会发送任何内容。</translation>
    </message>
    <message>
        <source>Nothing is sent before you say so.</source>
        <translation>在你确认之前不会发送任何内容。</translation>
    </message>
    <message>
        <source>Choose a video</source>
        <translation>选择视频</translation>
    </message>
    <message>
        <source>Record one</source>
        <translation>录一段</translation>
    </message>
</context>
<context>
    <name>CoverStrip</name>
    <message>
        <source>This server makes its covers by itself. The picture is sent, but it may show another one.</source>
        <translation>此服务器会自行生成封面。所选画面会一并发送，但显示的可能是另一张。</translation>
    </message>
    <message>
        <source>Cover</source>
        <translation>封面</translation>
    </message>
    <message>
        <source>Cover: picture %1 of %2</source>
        <translation>封面：第 %1 张，共 %2 张</translation>
    </message>
    <message>
        <source>Picture at %1</source>
        <translation>%1 处的画面</translation>
    </message>
</context>
<context>
    <name>DraftRow</name>
    <message>
        <source>Without a title</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>Draft: %1</source>
        <translation>草稿：%1</translation>
    </message>
    <message>
        <source>Its file is not there any more</source>
        <translation>文件已不在原处</translation>
    </message>
    <message>
        <source>No file yet</source>
        <translation>还没有文件</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Discard the draft “%1”</source>
        <translation>丢弃草稿《%1》</translation>
    </message>
</context>
<context>
    <name>EditorForm</name>
    <message>
        <source>Where the file is now, your system may delete it before it is sent. It is being copied: %1%</source>
        <translation>文件现在所在的位置会被系统清理，可能等不到发送完。正在复制：%1%</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Copying was stopped. Nothing was published.</source>
        <translation>已停止复制，没有发布任何内容。</translation>
    </message>
    <message>
        <source>Stops copying; nothing is published</source>
        <translation>停止复制，不会发布</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>Looking into the file…</source>
        <translation>正在检查文件…</translation>
    </message>
    <message>
        <source>Use it as it is now</source>
        <translation>按现在的样子使用</translation>
    </message>
    <message>
        <source>Choose another</source>
        <translation>另选一个</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>重新检查</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>What is to be seen?</source>
        <translation>视频里有什么？</translation>
    </message>
    <message numerus="yes">
        <source>%n character(s) too many</source>
        <translation>
            <numerusform>多了 %n 个字</numerusform>
        </translation>
    </message>
    <message>
        <source>Short enough here. A server that counts bytes would refuse it.</source>
        <translation>这里够短了，但按字节计算的服务器会拒绝它。</translation>
    </message>
    <message>
        <source>%1 of %2 bytes</source>
        <translation>%1 / %2 字节</translation>
    </message>
    <message>
        <source>%1 of %2 characters</source>
        <translation>%1 / %2 字</translation>
    </message>
    <message>
        <source>The draft could not be saved</source>
        <translation>草稿没能保存</translation>
    </message>
    <message>
        <source>The disk took nothing. Make some room; TikGok goes on trying. You can publish all the same.</source>
        <translation>磁盘写不进去。请腾出一些空间，TikGok 会继续尝试。你仍然可以发布。</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>发布</translation>
    </message>
    <message>
        <source>Sign in and publish</source>
        <translation>登录并发布</translation>
    </message>
    <message>
        <source>Keep as a draft</source>
        <translation>存为草稿</translation>
    </message>
    <message>
        <source>Another file</source>
        <translation>换一个文件</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>You can publish as soon as the file has been looked into.</source>
        <translation>文件检查完就可以发布。</translation>
    </message>
    <message>
        <source>This file cannot be published as it is.</source>
        <translation>这个文件目前无法发布。</translation>
    </message>
    <message>
        <source>Shorten the title to publish it.</source>
        <translation>把标题改短一些就可以发布。</translation>
    </message>
    <message>
        <source>Give it a title to publish it.</source>
        <translation>写个标题就可以发布。</translation>
    </message>
    <message>
        <source>A Chinese character has three bytes.</source>
        <translation>一个汉字占三个字节。</translation>
    </message>
</context>
<context>
    <name>FileChooser</name>
    <message>
        <source>Choose a video</source>
        <translation>选择视频</translation>
    </message>
    <message>
        <source>Videos (%1)</source>
        <translation>视频 (%1)</translation>
    </message>
    <message>
        <source>All files (%1)</source>
        <translation>所有文件 (%1)</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>JobRow</name>
    <message>
        <source>It could not be written to this device&apos;s disk, and is lost when TikGok ends before it is sent.</source>
        <translation>没能写入本机磁盘；如果 TikGok 在发送完成前退出，它就会丢失。</translation>
    </message>
    <message>
        <source>%1 percent</source>
        <translation>百分之 %1</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>观看</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>PreviewPane</name>
    <message>
        <source>The preview failed. Try again</source>
        <translation>预览失败，点按重试</translation>
    </message>
    <message>
        <source>Play the preview</source>
        <translation>播放预览</translation>
    </message>
    <message>
        <source>Pause the preview</source>
        <translation>暂停预览</translation>
    </message>
    <message>
        <source>Sound on</source>
        <translation>打开声音</translation>
    </message>
    <message>
        <source>Sound off</source>
        <translation>关闭声音</translation>
    </message>
</context>
<context>
    <name>PublishPage</name>
    <message>
        <source>Publish</source>
        <translation>发布</translation>
    </message>
    <message>
        <source>Discard what you prepared?</source>
        <translation>丢弃正在准备的内容？</translation>
    </message>
    <message>
        <source>Title and cover are forgotten. The file itself stays where it is.</source>
        <translation>标题和封面会被清除，文件本身不受影响。</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Uploads</source>
        <translation>上传</translation>
    </message>
    <message>
        <source>Published lately</source>
        <translation>最近发布</translation>
    </message>
    <message>
        <source>Cancel this upload?</source>
        <translation>取消这次上传？</translation>
    </message>
    <message>
        <source>Cancel the upload</source>
        <translation>取消上传</translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Discard this draft?</source>
        <translation>丢弃这份草稿？</translation>
    </message>
    <message>
        <source>It is being published. You can go on watching.</source>
        <translation>正在发布，你可以继续看视频。</translation>
    </message>
    <message>
        <source>Discard the recording?</source>
        <translation>放弃这段录像？</translation>
    </message>
    <message>
        <source>What was recorded so far is deleted. It goes on until you decide.</source>
        <translation>已经录下的内容会被删除。在你决定之前，录像仍在继续。</translation>
    </message>
    <message>
        <source>Title, cover and the recording are deleted.</source>
        <translation>标题、封面和这段录像都会被删除。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>The recording is deleted with it.</source>
        <translation>录像会一并删除。</translation>
    </message>
    <message>
        <source>The file itself stays where it is.</source>
        <translation>文件本身不受影响。</translation>
    </message>
    <message>
        <source>“%1” is taken off the list and not sent. %2</source>
        <translation>《%1》将从列表中移除，不再发送。%2</translation>
    </message>
    <message>
        <source>“%1” is taken off the list. It may have reached the server already: then it is published there. %2</source>
        <translation>《%1》将从列表中移除。它可能已经传到服务器；如果是这样，就已在那里发布。%2</translation>
    </message>
</context>
<context>
    <name>PublishText</name>
    <message>
        <source>%1 B</source>
        <translation>%1 B</translation>
    </message>
    <message>
        <source>%1 KB</source>
        <translation>%1 KB</translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation>%1 MB</translation>
    </message>
    <message>
        <source>%1 GB</source>
        <translation>%1 GB</translation>
    </message>
    <message numerus="yes">
        <source>%n second(s) left</source>
        <translation>
            <numerusform>还剩 %n 秒</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) left</source>
        <translation>
            <numerusform>还剩 %n 分钟</numerusform>
        </translation>
    </message>
    <message>
        <source>The file is not there any more</source>
        <translation>文件已不在原处</translation>
    </message>
    <message>
        <source>The file cannot be read</source>
        <translation>文件无法读取</translation>
    </message>
    <message>
        <source>The file is empty</source>
        <translation>文件是空的</translation>
    </message>
    <message>
        <source>The file has changed</source>
        <translation>文件已被改动</translation>
    </message>
    <message>
        <source>That is not a file on this device</source>
        <translation>这不是本机上的文件</translation>
    </message>
    <message>
        <source>The server does not take this kind of file</source>
        <translation>服务器不接受这种文件</translation>
    </message>
    <message>
        <source>This is not a video, or it is damaged</source>
        <translation>这不是视频，或者已损坏</translation>
    </message>
    <message>
        <source>There is sound, but no picture</source>
        <translation>只有声音，没有画面</translation>
    </message>
    <message>
        <source>The file is too large</source>
        <translation>文件太大</translation>
    </message>
    <message>
        <source>The title is too long</source>
        <translation>标题太长</translation>
    </message>
    <message>
        <source>TikGok cannot show this file</source>
        <translation>TikGok 无法播放这个文件</translation>
    </message>
    <message>
        <source>Not everybody may be able to watch this</source>
        <translation>可能不是所有人都能播放</translation>
    </message>
    <message>
        <source>The file may be too large</source>
        <translation>文件可能太大</translation>
    </message>
    <message>
        <source>Put it back where it was and check again, or choose another one. Title and draft are kept.</source>
        <translation>把它放回原处再检查一次，或另选一个。标题和草稿都还在。</translation>
    </message>
    <message>
        <source>Look at its permissions, or copy it to one of your own folders.</source>
        <translation>请检查它的权限，或把它复制到你自己的文件夹。</translation>
    </message>
    <message>
        <source>Perhaps it is still being written. Check again in a moment, or choose another one.</source>
        <translation>它可能还在写入。稍后再检查一次，或另选一个。</translation>
    </message>
    <message>
        <source>It is not as it was when you chose it. Look at it again before you send it.</source>
        <translation>它与你选择时已不同。发送前请再看一遍。</translation>
    </message>
    <message>
        <source>Save it on this device first, then choose it here.</source>
        <translation>请先保存到本机，再在这里选择。</translation>
    </message>
    <message>
        <source>Its name has to end in .mp4, .mov, .avi, .flv, .mpg, .3gp or the like. Convert it to MP4 and choose it again.</source>
        <translation>文件名须以 .mp4、.mov、.avi、.flv、.mpg、.3gp 等结尾。请转换为 MP4 后重新选择。</translation>
    </message>
    <message>
        <source>Play it in another program to see whether it is whole, or choose another one.</source>
        <translation>用其他程序播放看看是否完整，或另选一个。</translation>
    </message>
    <message>
        <source>Choose a file with moving pictures.</source>
        <translation>请选择有画面的文件。</translation>
    </message>
    <message>
        <source>It has %1, and the server takes %2. Make it shorter or smaller and choose it again.</source>
        <translation>它有 %1，而服务器最多接受 %2。请剪短或压缩后重新选择。</translation>
    </message>
    <message>
        <source>This server counts bytes: 32 letters, or 10 Chinese characters.</source>
        <translation>这台服务器按字节计算：32 个字母，或 10 个汉字。</translation>
    </message>
    <message>
        <source>The server takes it by its name. There is no preview, and the server chooses the cover.</source>
        <translation>服务器按文件名接受它。没有预览，封面由服务器决定。</translation>
    </message>
    <message>
        <source>H.264 in MP4 plays everywhere; other codecs do not.</source>
        <translation>MP4 中的 H.264 到处都能播放，其他编码则不一定。</translation>
    </message>
    <message>
        <source>The server refused one that was no larger. It will probably say no again.</source>
        <translation>服务器曾拒绝过不比它大的文件，这次多半也会拒绝。</translation>
    </message>
    <message>
        <source>Waiting for its turn</source>
        <translation>正在排队</translation>
    </message>
    <message>
        <source>%1. Next try in %2 s</source>
        <translation>%1。%2 秒后重试</translation>
    </message>
    <message>
        <source>Paused. It will begin again from the start: the server cannot continue a part</source>
        <translation>已暂停。继续时将从头开始：服务器不支持续传</translation>
    </message>
    <message>
        <source>All of it has arrived. The server is working on it</source>
        <translation>已全部送达，服务器正在处理</translation>
    </message>
    <message>
        <source>The answer was lost. Looking whether the server has it</source>
        <translation>没有收到答复，正在查看服务器是否已收到</translation>
    </message>
    <message>
        <source>Published</source>
        <translation>已发布</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/秒</translation>
    </message>
    <message>
        <source>The server refused it because of its size (%1). Make it smaller and publish it again.</source>
        <translation>服务器嫌它太大（%1）而拒绝了。请压缩后重新发布。</translation>
    </message>
    <message>
        <source>%1: %2, %3 percent</source>
        <translation>%1：%2，百分之 %3</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>PublishedPage</name>
    <message>
        <source>The video is not to be found</source>
        <translation>找不到这个视频</translation>
    </message>
    <message>
        <source>The server does not list it, or cannot be reached.</source>
        <translation>服务器上没有列出它，或者连不上服务器。</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>再找一次</translation>
    </message>
</context>
<context>
    <name>RecordPane</name>
    <message>
        <source>Camera</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>What the camera sees</source>
        <translation>摄像头画面</translation>
    </message>
    <message>
        <source>No picture from the camera yet</source>
        <translation>摄像头还没有画面</translation>
    </message>
    <message>
        <source>Recorded: %1 of %2</source>
        <translation>已录 %1，最长 %2</translation>
    </message>
    <message>
        <source>%1 / %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Finishing the recording…</source>
        <translation>正在完成录像…</translation>
    </message>
    <message>
        <source>The recording begins…</source>
        <translation>即将开始录制…</translation>
    </message>
    <message>
        <source>Recording without sound: there is no microphone. It ends when you leave this page, and is kept.</source>
        <translation>正在录制，没有麦克风，因此没有声音。离开此页即停止，已录内容会保留。</translation>
    </message>
    <message>
        <source>Recording. It ends when you leave this page, and is kept.</source>
        <translation>正在录制。离开此页即停止，已录内容会保留。</translation>
    </message>
    <message>
        <source>Nothing is recorded yet.</source>
        <translation>还没有开始录制。</translation>
    </message>
    <message>
        <source>Switching the camera on…</source>
        <translation>正在打开摄像头…</translation>
    </message>
    <message>
        <source>Stop and use it</source>
        <translation>停止并使用</translation>
    </message>
    <message>
        <source>Start recording</source>
        <translation>开始录制</translation>
    </message>
    <message>
        <source>The camera is not ready</source>
        <translation>摄像头尚未就绪</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>The camera is on</source>
        <translation>摄像头已打开</translation>
    </message>
    <message>
        <source>Recording started</source>
        <translation>录制已开始</translation>
    </message>
    <message>
        <source>Recording stopped</source>
        <translation>录制已停止</translation>
    </message>
</context>
<context>
    <name>RecordText</name>
    <message>
        <source>To record, install the program ffmpeg. It is in the package “ffmpeg” of your system.</source>
        <translation>要录像，请先安装 ffmpeg 程序，它在系统的“ffmpeg”软件包里。</translation>
    </message>
    <message>
        <source>The program ffmpeg is missing</source>
        <translation>缺少 ffmpeg 程序</translation>
    </message>
    <message>
        <source>The ffmpeg of this system cannot record</source>
        <translation>本机的 ffmpeg 无法录像</translation>
    </message>
    <message>
        <source>The recording was cut short</source>
        <translation>录制意外中断</translation>
    </message>
    <message>
        <source>Another program uses the camera</source>
        <translation>摄像头正被其他程序占用</translation>
    </message>
    <message>
        <source>The camera is gone</source>
        <translation>摄像头已断开</translation>
    </message>
    <message>
        <source>You may not use the camera</source>
        <translation>你没有使用摄像头的权限</translation>
    </message>
    <message>
        <source>The camera gives no picture</source>
        <translation>摄像头没有画面</translation>
    </message>
    <message>
        <source>The camera does not work</source>
        <translation>摄像头无法使用</translation>
    </message>
    <message>
        <source>The recording cannot be written</source>
        <translation>无法写入录像</translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>That was the longest there is</source>
        <translation>已到最长时长</translation>
    </message>
    <message>
        <source>More would not fit</source>
        <translation>已到大小上限</translation>
    </message>
    <message>
        <source>It can read no camera, or write no H.264. Install the complete ffmpeg of your system.</source>
        <translation>它不能读取摄像头，或不能编码 H.264。请安装系统提供的完整版 ffmpeg。</translation>
    </message>
    <message>
        <source>The program ffmpeg ended in the middle, perhaps because memory ran out.</source>
        <translation>ffmpeg 程序中途退出，可能是内存不足。</translation>
    </message>
    <message>
        <source>Close it there, then try again.</source>
        <translation>请先在那边关闭摄像头，然后重试。</translation>
    </message>
    <message>
        <source>Plug it in again, or choose another one.</source>
        <translation>请重新插上，或换一个摄像头。</translation>
    </message>
    <message>
        <source>Your account has to be in the group “video”. Sign out of your system and in again after that has changed.</source>
        <translation>你的系统账户需要加入“video”用户组。加入后请注销系统并重新登录。</translation>
    </message>
    <message>
        <source>Is it switched on, and its cover open? Unplug it and plug it in again, then try again.</source>
        <translation>它的开关和镜头盖打开了吗？请拔下重新插上，然后重试。</translation>
    </message>
    <message>
        <source>Unplug it and plug it in again, or choose another one.</source>
        <translation>请拔下重新插上，或换一个摄像头。</translation>
    </message>
    <message>
        <source>Look at the permissions of TikGok&apos;s folder.</source>
        <translation>请检查 TikGok 数据文件夹的权限。</translation>
    </message>
    <message>
        <source>Make some room, then try again.</source>
        <translation>请腾出一些空间，然后重试。</translation>
    </message>
    <message>
        <source>A recording ends after %1.</source>
        <translation>一段录像最长 %1。</translation>
    </message>
    <message>
        <source>This server takes no larger file.</source>
        <translation>此服务器不接受更大的文件。</translation>
    </message>
    <message>
        <source>What was recorded until then is kept. %1</source>
        <translation>此前录下的内容已保留。%1</translation>
    </message>
</context>
<context>
    <name>UploadChip</name>
    <message>
        <source>Upload failed</source>
        <translation>上传失败</translation>
    </message>
    <message>
        <source>%1%</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Publishing</source>
        <translation>发布中</translation>
    </message>
    <message>
        <source>Upload “%1”: %2</source>
        <translation>上传《%1》：%2</translation>
    </message>
</context>
</TS>
