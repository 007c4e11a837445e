<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>CheckReport</name>
    <message>
        <source>Asking the server…</source>
        <translation>正在询问服务器…</translation>
    </message>
    <message>
        <source>It does not answer at the moment</source>
        <translation>服务器目前没有响应</translation>
    </message>
</context>
<context>
    <name>ClearSheet</name>
    <message>
        <source>Clear the videos?</source>
        <translation>要清除视频吗？</translation>
    </message>
    <message>
        <source>Clear pictures and pages?</source>
        <translation>要清除图片和页面吗？</translation>
    </message>
    <message>
        <source>Clear the conversations?</source>
        <translation>要清除聊天记录吗？</translation>
    </message>
    <message>
        <source>Videos that you watched will not play without a network until you have watched them again.</source>
        <translation>看过的视频要重新观看之后，才能在没有网络时播放。</translation>
    </message>
    <message>
        <source>The feed, profiles and comments will be empty without a network until you have seen them again. Your place in the feed is forgotten.</source>
        <translation>推荐、主页和评论要重新打开之后，才能在没有网络时查看。上次看到的位置也会清除。</translation>
    </message>
    <message>
        <source>Messages will not be there without a network until you have read them again.</source>
        <translation>消息要重新打开之后，才能在没有网络时查看。</translation>
    </message>
    <message>
        <source>Nothing on the server changes, and nothing that waits to be sent is lost.</source>
        <translation>服务器上的内容不会改变，等待发送的内容也不会丢失。</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
</context>
<context>
    <name>CommandWords</name>
    <message>
        <source>Videos for you</source>
        <translation>推荐视频</translation>
    </message>
    <message>
        <source>Videos of those you follow</source>
        <translation>关注的人的视频</translation>
    </message>
    <message>
        <source>Look again for what is new</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Next video</source>
        <translation>下一个视频</translation>
    </message>
    <message>
        <source>Previous video</source>
        <translation>上一个视频</translation>
    </message>
    <message>
        <source>Pause and go on</source>
        <translation>暂停与继续</translation>
    </message>
    <message>
        <source>Five seconds back</source>
        <translation>后退五秒</translation>
    </message>
    <message>
        <source>Five seconds on</source>
        <translation>前进五秒</translation>
    </message>
    <message>
        <source>Like, or take it back</source>
        <translation>点赞或取消</translation>
    </message>
    <message>
        <source>Comments</source>
        <translation>评论</translation>
    </message>
    <message>
        <source>Sound on or off</source>
        <translation>打开或关闭声音</translation>
    </message>
    <message>
        <source>Clear view</source>
        <translation>清屏</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>首页</translation>
    </message>
    <message>
        <source>Friends</source>
        <translation>朋友</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>发布</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Me</source>
        <translation>我</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>操作记录</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>The table of keys</source>
        <translation>快捷键一览</translation>
    </message>
    <message>
        <source>While watching</source>
        <translation>观看时</translation>
    </message>
    <message>
        <source>Getting around</source>
        <translation>页面切换</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
</context>
<context>
    <name>DiagnosticsPage</name>
    <message>
        <source>Diagnostics</source>
        <translation>诊断</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>已保存为 %1</translation>
    </message>
    <message>
        <source>The bundle is saved</source>
        <translation>诊断包已保存</translation>
    </message>
    <message>
        <source>The bundle could not be saved: %1</source>
        <translation>诊断包无法保存：%1</translation>
    </message>
    <message>
        <source>For a bug report: versions, settings, what is known of the server, and the last lines of the log. Passwords, sign-ins, messages, comments and drafts are not in it. Look for yourself: below is all of it.</source>
        <translation>用于报告问题：包含版本、设置、已知的服务器信息和最近的日志。不包含密码、登录信息、私信、评论和草稿。全部内容都在下面，可以自行查看。</translation>
    </message>
    <message>
        <source>Save a bundle</source>
        <translation>保存诊断包</translation>
    </message>
    <message>
        <source>Collect again</source>
        <translation>重新收集</translation>
    </message>
    <message>
        <source>What is in the bundle</source>
        <translation>诊断包的内容</translation>
    </message>
</context>
<context>
    <name>KeySheet</name>
    <message>
        <source>Press the new key</source>
        <translation>请按下新的按键</translation>
    </message>
    <message>
        <source>For “%1”. With Ctrl, Alt or Shift, if you like.</source>
        <translation>用于“%1”。可以同时按住 Ctrl、Alt 或 Shift。</translation>
    </message>
    <message>
        <source>This key cannot be chosen: it is needed to get around.</source>
        <translation>这个键不能选用：浏览界面时需要它。</translation>
    </message>
    <message>
        <source>This key is used for “%1” now.</source>
        <translation>这个键目前用于“%1”。</translation>
    </message>
    <message>
        <source>Use it here instead</source>
        <translation>改用于这里</translation>
    </message>
    <message>
        <source>Press another key</source>
        <translation>换一个键</translation>
    </message>
</context>
<context>
    <name>MePage</name>
    <message numerus="yes">
        <source>%n write(s) have not reached the server. They stay on this device, and what waits is sent when you sign in again.</source>
        <translation>
            <numerusform>还有 %n 项操作没有送达服务器。它们会保留在此设备上，待发送的会在你重新登录后发送。</numerusform>
        </translation>
    </message>
    <message>
        <source>Sign out?</source>
        <translation>要退出登录吗？</translation>
    </message>
    <message>
        <source>Stay signed in</source>
        <translation>保持登录</translation>
    </message>
    <message>
        <source>Me</source>
        <translation>我</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>操作记录</translation>
    </message>
    <message>
        <source>What waits, was sent, or failed</source>
        <translation>等待、已发送或失败的操作</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message numerus="yes">
        <source>%n not sent</source>
        <translation>
            <numerusform>%n 项未发送</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n 项等待中</numerusform>
        </translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>账号</translation>
    </message>
    <message>
        <source>Simulator</source>
        <translation>模拟器</translation>
    </message>
    <message>
        <source>Break the server on purpose, turn its clock, be somebody else</source>
        <translation>故意让服务器出错、拨动时钟、换个身份</translation>
    </message>
    <message>
        <source>Those of this device, and how their sign-ins are kept</source>
        <translation>这台设备上的账号，以及登录信息的保存方式</translation>
    </message>
</context>
<context>
    <name>ServerCard</name>
    <message>
        <source>Built in</source>
        <translation>内置</translation>
    </message>
    <message>
        <source>%1, in use</source>
        <translation>%1，正在使用</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Inside TikGok, without a network</source>
        <translation>在 TikGok 内部，无需网络</translation>
    </message>
    <message>
        <source>From the command line, for this run only</source>
        <translation>来自命令行，仅本次运行有效</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>使用 %1</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Test the connection to %1</source>
        <translation>测试到 %1 的连接</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Keep %1 in the list</source>
        <translation>把 %1 保留在列表中</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>编辑 %1</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove %1 from the list</source>
        <translation>从列表移除 %1</translation>
    </message>
</context>
<context>
    <name>ServerSheet</name>
    <message>
        <source>Add a server</source>
        <translation>添加服务器</translation>
    </message>
    <message>
        <source>Edit the server</source>
        <translation>编辑服务器</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Becomes %1</source>
        <translation>将使用 %1</translation>
    </message>
    <message>
        <source>As in your browser, without /douyin/</source>
        <translation>与浏览器中的写法相同，不含 /douyin/</translation>
    </message>
    <message>
        <source>Name, if you like</source>
        <translation>名称（可不填）</translation>
    </message>
    <message>
        <source>Test the connection</source>
        <translation>测试连接</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Another address is another server: nothing that is kept for the former one is sent there.</source>
        <translation>地址不同即视为另一台服务器：为原服务器保存的内容不会发送到新地址。</translation>
    </message>
    <message>
        <source>To keep both, add the new address as a server of its own.</source>
        <translation>如需保留两者，请将新地址作为新服务器添加。</translation>
    </message>
    <message>
        <source>Use the new address, without all of this</source>
        <translation>改用新地址并放弃以上内容</translation>
    </message>
</context>
<context>
    <name>ServerWords</name>
    <message>
        <source>Standard server</source>
        <translation>标准服务器</translation>
    </message>
    <message>
        <source>TikGok reference server</source>
        <translation>TikGok 参考服务器</translation>
    </message>
    <message>
        <source>Official demo server</source>
        <translation>官方演示服务器</translation>
    </message>
    <message>
        <source>Server of another kind</source>
        <translation>其他类型的服务器</translation>
    </message>
    <message>
        <source>An address is needed</source>
        <translation>请填写地址</translation>
    </message>
    <message>
        <source>An address begins with http:// or https://</source>
        <translation>地址应以 http:// 或 https:// 开头</translation>
    </message>
    <message>
        <source>No name or password in the address: it would be kept in plain text. Sign in later instead</source>
        <translation>地址里不能有用户名或密码，否则会以明文保存。请稍后再登录</translation>
    </message>
    <message>
        <source>This is not the name of a server. It should look like videos.example.org or 192.168.1.20:8080</source>
        <translation>这不是服务器的地址。应类似 videos.example.org 或 192.168.1.20:8080</translation>
    </message>
    <message>
        <source>The number after the colon goes from 1 to 65535</source>
        <translation>冒号后的数字应在 1 到 65535 之间</translation>
    </message>
    <message>
        <source>This server is in the list already</source>
        <translation>列表里已有这个服务器</translation>
    </message>
    <message>
        <source>It answers, and TikGok can use it</source>
        <translation>有响应，TikGok 可以使用</translation>
    </message>
    <message>
        <source>It answers, but shows its videos only to people who are signed in</source>
        <translation>有响应，但只向已登录的人展示视频</translation>
    </message>
    <message>
        <source>There is no server of this name</source>
        <translation>找不到这个名称的服务器</translation>
    </message>
    <message>
        <source>The machine is there, but no server listens at this address</source>
        <translation>找到了这台机器，但该地址上没有服务器</translation>
    </message>
    <message>
        <source>No safe connection</source>
        <translation>无法建立安全连接</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>没有响应</translation>
    </message>
    <message>
        <source>No connection</source>
        <translation>没有连接</translation>
    </message>
    <message>
        <source>It sends visitors to another address</source>
        <translation>它会把访问者带到另一个地址</translation>
    </message>
    <message>
        <source>Something answers, but it is no web server</source>
        <translation>有响应，但不是网页服务器</translation>
    </message>
    <message>
        <source>There is a web page, but no TikGok server</source>
        <translation>那里是一个网页，不是 TikGok 服务器</translation>
    </message>
    <message>
        <source>A web server, but not one for TikGok</source>
        <translation>是网页服务器，但不适用于 TikGok</translation>
    </message>
    <message>
        <source>The server has trouble right now</source>
        <translation>服务器暂时出了问题</translation>
    </message>
    <message>
        <source>answers in %1 ms</source>
        <translation>%1 毫秒响应</translation>
    </message>
    <message numerus="yes">
        <source>%n video(s) per page</source>
        <translation>
            <numerusform>每页 %n 个视频</numerusform>
        </translation>
    </message>
    <message>
        <source>no videos yet</source>
        <translation>还没有视频</translation>
    </message>
    <message>
        <source>messages come by themselves</source>
        <translation>新消息自动送达</translation>
    </message>
    <message>
        <source>messages are asked for</source>
        <translation>定时查询新消息</translation>
    </message>
    <message>
        <source>uploads up to 4 MiB, lengths counted in bytes</source>
        <translation>上传上限 4 MiB，长度按字节计</translation>
    </message>
    <message>
        <source>It says: “%1”</source>
        <translation>它说：“%1”</translation>
    </message>
    <message>
        <source>Check the spelling, and whether this device is online.</source>
        <translation>请检查拼写，以及本设备是否联网。</translation>
    </message>
    <message>
        <source>Is the server running? Is the number after the colon right?</source>
        <translation>服务器在运行吗？冒号后的数字对吗？</translation>
    </message>
    <message>
        <source>“%1” Without a certificate that this system trusts, nothing is sent.</source>
        <translation>“%1” 没有系统信任的证书，就不会发送任何内容。</translation>
    </message>
    <message>
        <source>Perhaps it speaks http:// and not https://.</source>
        <translation>也许它使用的是 http://，而不是 https://。</translation>
    </message>
    <message>
        <source>It took longer than eight seconds. A firewall may be in the way.</source>
        <translation>超过八秒没有响应，可能被防火墙挡住了。</translation>
    </message>
    <message>
        <source>Check this device&apos;s network.</source>
        <translation>请检查本设备的网络。</translation>
    </message>
    <message>
        <source>TikGok does not follow it there, so that nothing goes to somebody else. Enter the other address if you trust it.</source>
        <translation>TikGok 不会跟过去，以免内容落到别人手里。如果信任那个地址，请直接填写它。</translation>
    </message>
    <message>
        <source>Is the number after the colon right?</source>
        <translation>冒号后的数字对吗？</translation>
    </message>
    <message>
        <source>Check the address; something may be missing after the name.</source>
        <translation>请检查地址，名称后面可能少了一段。</translation>
    </message>
    <message>
        <source>It answered with HTTP %1. Try again in a while.</source>
        <translation>它回复了 HTTP %1。请过一会儿再试。</translation>
    </message>
    <message numerus="yes">
        <source>%n write(s) wait for this server and will not be sent.</source>
        <translation>
            <numerusform>%n 项内容正等待发送到此服务器，将不再发送。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n draft(s) are deleted.</source>
        <translation>
            <numerusform>%n 份草稿将被删除。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n account(s) are signed out and forgotten on this device.</source>
        <translation>
            <numerusform>%n 个账号将退出登录并从本机移除。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n recorded video(s) go with them.</source>
        <translation>
            <numerusform>其中录制的 %n 个视频也会一并删除。</numerusform>
        </translation>
    </message>
    <message>
        <source>The connection was cut before an answer came</source>
        <translation>还没收到回复，连接就断开了</translation>
    </message>
    <message>
        <source>Perhaps it speaks https:// and not http://, or a proxy is in the way.</source>
        <translation>对方用的可能是 https:// 而不是 http://，也可能被代理服务器挡住了。</translation>
    </message>
</context>
<context>
    <name>ServersPage</name>
    <message>
        <source>Servers</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Add a server</source>
        <translation>添加服务器</translation>
    </message>
    <message>
        <source>The server in use was given on the command line. It is used until TikGok closes; the next start uses the one that was chosen here.</source>
        <translation>当前服务器由命令行指定，只用到 TikGok 关闭为止；下次启动会使用这里选定的服务器。</translation>
    </message>
    <message>
        <source>Accounts, drafts and what waits to be sent stay with their server. Going to another one loses nothing; removing one takes all of it along.</source>
        <translation>账号、草稿和待发送的内容都属于各自的服务器。切换服务器不会丢失任何内容；移除服务器则会将它们一并删除。</translation>
    </message>
    <message>
        <source>%1 is not in the list any more</source>
        <translation>“%1”已从列表中移除</translation>
    </message>
    <message>
        <source>%1 could not be removed: this device did not let go of all that is kept for it. Try again.</source>
        <translation>无法移除“%1”：本机保存的内容未能全部删除，请重试。</translation>
    </message>
    <message>
        <source>Remove %1?</source>
        <translation>移除“%1”？</translation>
    </message>
    <message>
        <source>On the server nothing changes.</source>
        <translation>服务器上的内容不会改变。</translation>
    </message>
    <message>
        <source>Remove it, with all of this</source>
        <translation>移除服务器及以上内容</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Cleared. What is being shown goes when you leave it.</source>
        <translation>已清除。正在显示的内容会在离开后清除。</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>System</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>%1%</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>Reduced motion</source>
        <translation>减少动态效果</translation>
    </message>
    <message>
        <source>Things appear instead of moving</source>
        <translation>内容直接出现，不再移动</translation>
    </message>
    <message>
        <source>Playback</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>静音</translation>
    </message>
    <message>
        <source>Videos play without sound</source>
        <translation>播放视频时不出声</translation>
    </message>
    <message>
        <source>Go on by itself</source>
        <translation>自动连播</translation>
    </message>
    <message>
        <source>To the next video when one has ended</source>
        <translation>放完一个接着放下一个</translation>
    </message>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Account and server</source>
        <translation>账号与服务器</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>账号</translation>
    </message>
    <message>
        <source>Nobody is signed in</source>
        <translation>尚未登录</translation>
    </message>
    <message>
        <source>Built in</source>
        <translation>内置</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1 · for this run, from the command line</source>
        <translation>%1 · 由命令行指定，仅本次有效</translation>
    </message>
    <message>
        <source>Play at once</source>
        <translation>自动播放</translation>
    </message>
    <message>
        <source>Otherwise a video waits for a tap</source>
        <translation>关闭后，视频等你点按才播放</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>播放速度</translation>
    </message>
    <message>
        <source>Load ahead</source>
        <translation>提前加载</translation>
    </message>
    <message>
        <source>The data saver is on: nothing is loaded ahead</source>
        <translation>已开启省流量：不会提前加载</translation>
    </message>
    <message>
        <source>What is ready before you swipe</source>
        <translation>滑动之前就准备好的内容</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>不加载</translation>
    </message>
    <message>
        <source>Next video</source>
        <translation>下一个视频</translation>
    </message>
    <message>
        <source>Both sides</source>
        <translation>前后两个</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>流量</translation>
    </message>
    <message>
        <source>Data saver</source>
        <translation>省流量</translation>
    </message>
    <message>
        <source>Only the video that you watch is loaded, and only pictures that you see</source>
        <translation>只加载正在看的视频和看得到的图片</translation>
    </message>
    <message>
        <source>This month</source>
        <translation>本月</translation>
    </message>
    <message>
        <source>Videos %1 · pictures %2 · everything else %3</source>
        <translation>视频 %1 · 图片 %2 · 其他 %3</translation>
    </message>
    <message>
        <source>Since TikGok was started</source>
        <translation>本次启动以来</translation>
    </message>
    <message>
        <source>Count from nothing again</source>
        <translation>重新从零计数</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>See and change the keys</source>
        <translation>查看和修改按键</translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation>诊断</translation>
    </message>
    <message>
        <source>A bundle for a bug report, without your secrets</source>
        <translation>用于报告问题的诊断包，不含隐私</translation>
    </message>
    <message>
        <source>Simulator</source>
        <translation>模拟器</translation>
    </message>
    <message>
        <source>For testers: faults, clock, people and a journal of the server</source>
        <translation>供测试使用：服务器的故障、时钟、用户和请求记录</translation>
    </message>
</context>
<context>
    <name>ShortcutRow</name>
    <message>
        <source>no key</source>
        <translation>未设置按键</translation>
    </message>
    <message>
        <source>%1 for “%2”: take this key away</source>
        <translation>“%2”的 %1 键：移除</translation>
    </message>
    <message>
        <source>Add a key for “%1”</source>
        <translation>为“%1”添加按键</translation>
    </message>
    <message>
        <source>Usual keys for “%1”</source>
        <translation>恢复“%1”的默认按键</translation>
    </message>
</context>
<context>
    <name>ShortcutsPage</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>A press on a key takes it away, the plus adds one. Where you write, keys are letters and nothing else. Esc always closes what is open.</source>
        <translation>点按某个键可将其移除，点加号可添加。在输入文字的地方，按键只用于输入。Esc 始终用于关闭当前打开的内容。</translation>
    </message>
    <message>
        <source>Usual keys for everything</source>
        <translation>全部恢复默认</translation>
    </message>
    <message>
        <source>All keys are as they were at first</source>
        <translation>所有按键已恢复默认</translation>
    </message>
</context>
<context>
    <name>ShortcutsSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Close what is open</source>
        <translation>关闭当前面板</translation>
    </message>
    <message>
        <source>Change keys</source>
        <translation>修改按键</translation>
    </message>
</context>
<context>
    <name>StorageCard</name>
    <message>
        <source>The disk is full. TikGok works on, but keeps nothing more for times without a network. Make some room, or clear something here.</source>
        <translation>磁盘已满。TikGok 仍可正常使用，但不再为离线时保存新内容。请腾出一些空间，或在这里清除部分内容。</translation>
    </message>
    <message>
        <source>The folder for this cannot be written to. TikGok works on, but keeps nothing more for times without a network.</source>
        <translation>保存内容的文件夹无法写入。TikGok 仍可正常使用，但不再为离线时保存新内容。</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>不保存</translation>
    </message>
    <message>
        <source>Kept on this device</source>
        <translation>本机保存的内容</translation>
    </message>
    <message>
        <source>Videos</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>What you watched plays again without a network. At most:</source>
        <translation>看过的视频没有网络也能播放。最多占用：</translation>
    </message>
    <message>
        <source>At most for videos</source>
        <translation>视频最多占用</translation>
    </message>
    <message>
        <source>Clear the videos</source>
        <translation>清除视频</translation>
    </message>
    <message>
        <source>Pictures and pages</source>
        <translation>图片和页面</translation>
    </message>
    <message>
        <source>Pictures %1 · the feed, profiles, lists and comments %2. At most:</source>
        <translation>图片 %1 · 推荐、主页、列表和评论 %2。最多占用：</translation>
    </message>
    <message>
        <source>At most for pictures and pages</source>
        <translation>图片和页面最多占用</translation>
    </message>
    <message>
        <source>Clear pictures and pages</source>
        <translation>清除图片和页面</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>聊天记录</translation>
    </message>
    <message>
        <source>The newest messages of each, to read without a network</source>
        <translation>每个会话最近的消息，没有网络也能查看</translation>
    </message>
    <message>
        <source>Clear the conversations</source>
        <translation>清除聊天记录</translation>
    </message>
</context>
</TS>
