<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ChaosBanner</name>
    <message>
        <source>The simulator misbehaves on purpose: %1</source>
        <translation>模拟器正在故意出错：%1</translation>
    </message>
    <message>
        <source>Simulator</source>
        <translation>模拟器</translation>
    </message>
    <message>
        <source>Switch everything off</source>
        <translation>全部关闭</translation>
    </message>
    <message>
        <source>On purpose: %1</source>
        <translation>故意出错：%1</translation>
    </message>
</context>
<context>
    <name>ChecksSection</name>
    <message>
        <source>Request: %1</source>
        <translation>请求：%1</translation>
    </message>
    <message>
        <source>Answer: %1</source>
        <translation>响应：%1</translation>
    </message>
    <message>
        <source>On purpose, by %1</source>
        <translation>由规则 %1 故意造成</translation>
    </message>
    <message>
        <source>Never asked</source>
        <translation>从未请求</translation>
    </message>
    <message>
        <source>Against the contract</source>
        <translation>对照接口约定</translation>
    </message>
    <message>
        <source>Look at every request and answer</source>
        <translation>检查每个请求和响应</translation>
    </message>
    <message>
        <source>%1 looked at. Wrong: %2 requests, %3 answers; %4 on purpose.</source>
        <translation>已检查 %1 个。有误：请求 %2 个，响应 %3 个；故意出错 %4 个。</translation>
    </message>
    <message>
        <source>%1 more came too fast to be looked at.</source>
        <translation>另有 %1 个来得太快，没有检查。</translation>
    </message>
    <message>
        <source>%1 %2: %3</source>
        <translation>%1 %2：%3</translation>
    </message>
    <message>
        <source>This one is not in the journal</source>
        <translation>记录中没有这一条</translation>
    </message>
    <message>
        <source>Nothing wrong so far.</source>
        <translation>目前没有发现问题。</translation>
    </message>
    <message>
        <source>Nothing is looked at. Switch it on above.</source>
        <translation>尚未检查，请在上方打开。</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Counts from nothing</source>
        <translation>从零开始计数</translation>
    </message>
    <message>
        <source>Which failures a client has met</source>
        <translation>客户端遇到过哪些失败</translation>
    </message>
    <message>
        <source>Count what clients meet</source>
        <translation>统计客户端遇到的情况</translation>
    </message>
    <message>
        <source>By call: answers, error codes and faults, and those that never came.</source>
        <translation>按接口列出：遇到过的响应、错误码和故障，以及从未遇到的。</translation>
    </message>
    <message>
        <source>Begin again</source>
        <translation>重新开始</translation>
    </message>
    <message numerus="yes">
        <source>%n requests: %1</source>
        <translation>
            <numerusform>%n 个请求：%1</numerusform>
        </translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>没有响应</translation>
    </message>
</context>
<context>
    <name>ClockSection</name>
    <message>
        <source>The simulator&apos;s clock</source>
        <translation>模拟器的时钟</translation>
    </message>
    <message>
        <source>It is the computer&apos;s time.</source>
        <translation>与本机时间一致。</translation>
    </message>
    <message>
        <source>It stands still.</source>
        <translation>时钟已停住。</translation>
    </message>
    <message>
        <source>It runs %1 times as fast.</source>
        <translation>以 %1 倍速运行。</translation>
    </message>
    <message>
        <source>It goes on from where it was put.</source>
        <translation>从设定的时间继续走。</translation>
    </message>
    <message>
        <source>Let it run</source>
        <translation>继续走</translation>
    </message>
    <message>
        <source>Freeze it</source>
        <translation>停住时钟</translation>
    </message>
    <message>
        <source>Back to real time</source>
        <translation>恢复真实时间</translation>
    </message>
    <message>
        <source>Put it forward</source>
        <translation>向前拨</translation>
    </message>
    <message>
        <source>One hour</source>
        <translation>一小时</translation>
    </message>
    <message>
        <source>One day</source>
        <translation>一天</translation>
    </message>
    <message>
        <source>30 days: sessions end</source>
        <translation>30 天：登录会过期</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>As it is</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>A minute a second</source>
        <translation>每秒走一分钟</translation>
    </message>
    <message>
        <source>An hour a second</source>
        <translation>每秒走一小时</translation>
    </message>
</context>
<context>
    <name>CoverageSheet</name>
    <message>
        <source>Met</source>
        <translation>遇到过</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>还没有</translation>
    </message>
    <message>
        <source>%1: struck by %2</source>
        <translation>%1：由 %2 造成</translation>
    </message>
    <message>
        <source>Codes that never came</source>
        <translation>从未出现的返回码</translation>
    </message>
    <message>
        <source>None: all have been met</source>
        <translation>没有：全都遇到过</translation>
    </message>
    <message>
        <source>Faults that never struck</source>
        <translation>从未发生的故障</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n times</source>
        <translation>
            <numerusform>%1，%n 次</numerusform>
        </translation>
    </message>
    <message>
        <source>Break this call</source>
        <translation>让这个接口出错</translation>
    </message>
</context>
<context>
    <name>DeadLetters</name>
    <message>
        <source>Given up</source>
        <translation>已放弃的写入</translation>
    </message>
    <message>
        <source>Send all of them again</source>
        <translation>全部重新发送</translation>
    </message>
    <message>
        <source>Send the upload again</source>
        <translation>重新发送这个上传</translation>
    </message>
    <message>
        <source>Send the write again</source>
        <translation>重新发送这个写入</translation>
    </message>
    <message>
        <source>%3; tried %1 times, given up on %2</source>
        <translation>%3；试过 %1 次，于 %2 放弃</translation>
    </message>
    <message numerus="yes">
        <source>And %n older ones.</source>
        <translation>
            <numerusform>还有 %n 个更早的。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DoorPane</name>
    <message>
        <source>This server is not a simulator</source>
        <translation>此服务器不是模拟器</translation>
    </message>
    <message>
        <source>What this page does needs one. Choose the built-in server, or one that was started with tikgok-sim.</source>
        <translation>此页面的功能只对模拟器有效。请选择内置服务器，或用 tikgok-sim 启动的服务器。</translation>
    </message>
    <message>
        <source>Choose a server</source>
        <translation>选择服务器</translation>
    </message>
    <message>
        <source>The simulator does not answer</source>
        <translation>模拟器没有响应</translation>
    </message>
    <message>
        <source>It may have been stopped. As soon as it answers, this page goes on.</source>
        <translation>它可能已停止运行。一旦恢复响应，此页面会自动继续。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>This simulator wants its token</source>
        <translation>此模拟器需要令牌</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>It is kept in the keychain, as your sign-ins are.</source>
        <translation>令牌与登录信息一样保存在钥匙串中。</translation>
    </message>
    <message>
        <source>The simulator does not know this token. It has a new one after each start.</source>
        <translation>模拟器不认识这个令牌。它每次启动都会换新令牌。</translation>
    </message>
    <message>
        <source>Each start of tikgok-sim writes a new one into the file admin.token in its data directory.</source>
        <translation>tikgok-sim 每次启动都会生成新令牌，写入其数据目录下的 admin.token 文件。</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>EntrySheet</name>
    <message>
        <source>Request %1</source>
        <translation>请求 %1</translation>
    </message>
    <message>
        <source>The command is copied</source>
        <translation>命令已复制</translation>
    </message>
    <message>
        <source>Copy as curl</source>
        <translation>复制为 curl 命令</translation>
    </message>
</context>
<context>
    <name>FaultsSection</name>
    <message>
        <source>struck %1 of %2 requests</source>
        <translation>命中 %1 次，共 %2 个请求</translation>
    </message>
    <message>
        <source>%1 % of the time</source>
        <translation>概率 %1 %</translation>
    </message>
    <message>
        <source>%1 times at most</source>
        <translation>最多 %1 次</translation>
    </message>
    <message>
        <source>over</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>Rules in place</source>
        <translation>生效中的规则</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Break something</source>
        <translation>制造故障</translation>
    </message>
    <message>
        <source>A rule of your own</source>
        <translation>自定义规则</translation>
    </message>
    <message>
        <source>Break something inside the server</source>
        <translation>在服务器内部制造故障</translation>
    </message>
    <message>
        <source>struck %1 times</source>
        <translation>命中 %1 次</translation>
    </message>
</context>
<context>
    <name>FileOpener</name>
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
    <name>FileSaver</name>
    <message>
        <source>All files (%1)</source>
        <translation>所有文件 (%1)</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>FileWork</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
</context>
<context>
    <name>JournalLine</name>
    <message>
        <source>%1 %2: %3</source>
        <translation>%1 %2：%3</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>code %1</source>
        <translation>代码 %1</translation>
    </message>
    <message>
        <source>struck by %1</source>
        <translation>被 %1 命中</translation>
    </message>
    <message>
        <source>cut</source>
        <comment>no answer came</comment>
        <translation>中断</translation>
    </message>
</context>
<context>
    <name>JournalSection</name>
    <message>
        <source>Saved as %1</source>
        <translation>已保存为 %1</translation>
    </message>
    <message>
        <source>The journal is saved</source>
        <translation>记录已保存</translation>
    </message>
    <message>
        <source>The journal could not be saved: %1</source>
        <translation>无法保存记录：%1</translation>
    </message>
    <message>
        <source>The journal can be saved in files of this computer only.</source>
        <translation>记录只能保存到本机的文件中。</translation>
    </message>
    <message>
        <source>Record requests</source>
        <translation>记录请求</translation>
    </message>
    <message>
        <source>%1 kept. Passwords and tokens are not in it.</source>
        <translation>已记录 %1 条，不含密码和令牌。</translation>
    </message>
    <message>
        <source>Export as HAR</source>
        <translation>导出为 HAR</translation>
    </message>
    <message>
        <source>Which requests</source>
        <translation>哪些请求</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Struck by a fault</source>
        <translation>被故障命中</translation>
    </message>
    <message>
        <source>Only this path</source>
        <translation>只看此路径</translation>
    </message>
    <message>
        <source>A path, or its begin and *. Enter applies it.</source>
        <translation>完整路径，或路径开头加 *。按回车生效。</translation>
    </message>
    <message>
        <source>The newest first</source>
        <translation>最新的在前</translation>
    </message>
    <message>
        <source>Nothing yet. Use the app: what it sends appears here.</source>
        <translation>还没有记录。使用应用后，发出的请求会显示在这里。</translation>
    </message>
    <message>
        <source>Nothing is recorded. Switch recording on above.</source>
        <translation>没有在记录。请在上方打开记录。</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Save the journal</source>
        <translation>保存记录</translation>
    </message>
    <message>
        <source>HTTP archives (%1)</source>
        <translation>HTTP 存档 (%1)</translation>
    </message>
</context>
<context>
    <name>LoadSection</name>
    <message numerus="yes">
        <source>The last %n seconds, while this page was open.</source>
        <translation>
            <numerusform>最近 %n 秒（此页面打开期间）。</numerusform>
        </translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation>正在测量…</translation>
    </message>
</context>
<context>
    <name>PeopleSection</name>
    <message>
        <source>Find somebody</source>
        <translation>查找用户</translation>
    </message>
    <message>
        <source>A part of the name</source>
        <translation>名字的一部分</translation>
    </message>
    <message>
        <source>Sign in as</source>
        <translation>登录为</translation>
    </message>
    <message>
        <source>That is you now</source>
        <translation>当前身份</translation>
    </message>
    <message>
        <source>Sign in as %1</source>
        <translation>登录为 %1</translation>
    </message>
    <message>
        <source>Nobody has a name like that.</source>
        <translation>没有这样的名字。</translation>
    </message>
</context>
<context>
    <name>PlotCard</name>
    <message>
        <source>%1: %2, at most %3</source>
        <translation>%1：%2，最高 %3</translation>
    </message>
    <message>
        <source>at most %1</source>
        <translation>最高 %1</translation>
    </message>
</context>
<context>
    <name>ReplaceSheet</name>
    <message>
        <source>Its people, videos, comments and messages go. Keep the world as a snapshot first if you want them back.</source>
        <translation>其中的用户、视频、评论和消息都会消失。如需恢复，请先保存快照。</translation>
    </message>
    <message>
        <source>Replace the world</source>
        <translation>替换世界</translation>
    </message>
    <message>
        <source>Leave it as it is</source>
        <translation>保持不变</translation>
    </message>
</context>
<context>
    <name>ReplaySection</name>
    <message>
        <source>What was recorded goes. Save it as a file first if you want to keep it.</source>
        <translation>已录制的内容将会消失。如需保留，请先保存为文件。</translation>
    </message>
    <message>
        <source>Record anew?</source>
        <translation>重新录制？</translation>
    </message>
    <message>
        <source>Forget the recording?</source>
        <translation>丢弃这段录制？</translation>
    </message>
    <message>
        <source>A recording to replay</source>
        <translation>可重放的录制</translation>
    </message>
    <message>
        <source>Recording: %1</source>
        <translation>正在录制：%1</translation>
    </message>
    <message>
        <source>Nothing is recorded</source>
        <translation>还没有录制</translation>
    </message>
    <message>
        <source>Full: %1. What came later is not in it.</source>
        <translation>已满：%1。之后发生的没有录进去。</translation>
    </message>
    <message>
        <source>Recorded: %1</source>
        <translation>已录制：%1</translation>
    </message>
    <message>
        <source>Record, do what goes wrong, stop, save. On any computer “tikgok-sim replay” lets it happen again, byte for byte, or shows what is different first. While it records, requests go in one by one.</source>
        <translation>开始录制，重现问题，停止，保存。在任何电脑上用“tikgok-sim replay”都能逐字节重放，或指出第一处不同。录制时，请求会逐个处理。</translation>
    </message>
    <message>
        <source>Record anew</source>
        <translation>重新录制</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>录制</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Forget it</source>
        <translation>丢弃录制</translation>
    </message>
    <message>
        <source>What was recorded</source>
        <translation>录制的内容</translation>
    </message>
    <message>
        <source>Save it as a file</source>
        <translation>保存为文件</translation>
    </message>
    <message>
        <source>It holds the passwords that were sent, and good tokens: only for those who may have them.</source>
        <translation>文件里有发送过的密码和有效的令牌，只能交给有权知道的人。</translation>
    </message>
    <message>
        <source>Let it happen again here</source>
        <translation>在这里重放</translation>
    </message>
    <message>
        <source>In a simulator of its own; this one is left alone.</source>
        <translation>在单独的模拟器里进行，不影响当前这个。</translation>
    </message>
    <message>
        <source>It is happening again…</source>
        <translation>正在重放…</translation>
    </message>
    <message>
        <source>Save the recording</source>
        <translation>保存录制</translation>
    </message>
    <message>
        <source>Recordings (%1)</source>
        <translation>录制文件 (%1)</translation>
    </message>
    <message numerus="yes">
        <source>%n requests and calls, %1</source>
        <translation>
            <numerusform>%n 个请求和调用，%1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The same: %n requests were answered byte for byte as before.</source>
        <translation>
            <numerusform>一致：%n 个请求的响应与之前逐字节相同。</numerusform>
        </translation>
    </message>
    <message>
        <source>Different, at request %1:</source>
        <translation>第 %1 个请求出现不同：</translation>
    </message>
</context>
<context>
    <name>RuleSheet</name>
    <message>
        <source>A rule of your own</source>
        <translation>自定义规则</translation>
    </message>
    <message>
        <source>Which requests</source>
        <translation>哪些请求</translation>
    </message>
    <message>
        <source>A path, or its begin and *. Empty: all of them.</source>
        <translation>完整路径，或路径开头加 *。留空表示全部。</translation>
    </message>
    <message>
        <source>Often wanted</source>
        <translation>常用</translation>
    </message>
    <message>
        <source>Feed</source>
        <translation>视频流</translation>
    </message>
    <message>
        <source>Likes</source>
        <translation>点赞</translation>
    </message>
    <message>
        <source>Comments</source>
        <translation>评论</translation>
    </message>
    <message>
        <source>Publishing</source>
        <translation>发布</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Videos and pictures</source>
        <translation>视频和图片</translation>
    </message>
    <message>
        <source>All calls</source>
        <translation>所有接口</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>发生什么</translation>
    </message>
    <message>
        <source>HTTP status</source>
        <translation>HTTP 状态码</translation>
    </message>
    <message>
        <source>Error code</source>
        <translation>错误码</translation>
    </message>
    <message>
        <source>Late answer</source>
        <translation>响应延迟</translation>
    </message>
    <message>
        <source>Too many requests</source>
        <translation>请求过多</translation>
    </message>
    <message>
        <source>Expired session</source>
        <translation>登录过期</translation>
    </message>
    <message>
        <source>Connection cut</source>
        <translation>连接中断</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>没有响应</translation>
    </message>
    <message>
        <source>Done, answer lost</source>
        <translation>已执行但响应丢失</translation>
    </message>
    <message>
        <source>Broken JSON</source>
        <translation>JSON 损坏</translation>
    </message>
    <message>
        <source>Slow line</source>
        <translation>线路缓慢</translation>
    </message>
    <message>
        <source>How often, in percent</source>
        <translation>发生概率（百分比）</translation>
    </message>
    <message>
        <source>How many times at most</source>
        <translation>最多几次</translation>
    </message>
    <message>
        <source>0: no limit</source>
        <translation>0 表示不限</translation>
    </message>
    <message>
        <source>Put the rule in place</source>
        <translation>启用规则</translation>
    </message>
</context>
<context>
    <name>ScenariosSection</name>
    <message>
        <source>In place: %1</source>
        <translation>当前场景：%1</translation>
    </message>
    <message>
        <source>Sign in as %1</source>
        <translation>登录为 %1</translation>
    </message>
    <message>
        <source>Whom the scenario brought along</source>
        <translation>场景自带的账号</translation>
    </message>
    <message>
        <source>End it</source>
        <translation>结束场景</translation>
    </message>
    <message>
        <source>Scenarios</source>
        <translation>场景</translation>
    </message>
    <message>
        <source>Load “%1”?</source>
        <translation>加载“%1”？</translation>
    </message>
    <message>
        <source>No faults, the computer&apos;s time; the world and how the server behaves stay</source>
        <translation>清除故障、恢复真实时间，世界和服务器的行为方式保持不变</translation>
    </message>
</context>
<context>
    <name>SimulatorPage</name>
    <message>
        <source>Simulator</source>
        <translation>模拟器</translation>
    </message>
    <message>
        <source>You are %1 now</source>
        <translation>现在你是 %1</translation>
    </message>
    <message>
        <source>The keychain did not take the token. It will be asked for again.</source>
        <translation>钥匙串未能保存令牌，下次需要重新输入。</translation>
    </message>
    <message>
        <source>Parts of this page</source>
        <translation>页面分区</translation>
    </message>
    <message>
        <source>Faults</source>
        <translation>故障</translation>
    </message>
    <message>
        <source>Scenarios</source>
        <translation>场景</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>时钟</translation>
    </message>
    <message>
        <source>World</source>
        <translation>世界</translation>
    </message>
    <message>
        <source>People</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>负载</translation>
    </message>
    <message>
        <source>That did not work. %1</source>
        <translation>操作未成功。%1</translation>
    </message>
    <message>
        <source>The server has changed</source>
        <translation>服务器已改变</translation>
    </message>
    <message numerus="yes">
        <source>%n sent again</source>
        <translation>
            <numerusform>已重新发送 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>重放</translation>
    </message>
</context>
<context>
    <name>SimulatorWords</name>
    <message>
        <source>, </source>
        <comment>between the parts of a list</comment>
        <translation>，</translation>
    </message>
    <message>
        <source>The feed fails with 500</source>
        <translation>视频流返回 500</translation>
    </message>
    <message>
        <source>Everything takes two seconds</source>
        <translation>一切都慢两秒</translation>
    </message>
    <message>
        <source>One in three requests fails</source>
        <translation>三分之一的请求失败</translation>
    </message>
    <message>
        <source>Connections are cut</source>
        <translation>连接被切断</translation>
    </message>
    <message>
        <source>Too many requests (429)</source>
        <translation>请求过多（429）</translation>
    </message>
    <message>
        <source>Sessions have expired</source>
        <translation>登录已过期</translation>
    </message>
    <message>
        <source>Writes arrive, their answers do not</source>
        <translation>写入成功，但响应丢失</translation>
    </message>
    <message>
        <source>Answers are broken JSON</source>
        <translation>响应是损坏的 JSON</translation>
    </message>
    <message>
        <source>Videos come at 50 kB/s</source>
        <translation>视频只有 50 kB/s</translation>
    </message>
    <message>
        <source>HTTP %1</source>
        <translation>HTTP %1</translation>
    </message>
    <message>
        <source>error code %1</source>
        <translation>错误码 %1</translation>
    </message>
    <message>
        <source>%1 ms late</source>
        <translation>延迟 %1 毫秒</translation>
    </message>
    <message>
        <source>429, too many requests</source>
        <translation>429，请求过多</translation>
    </message>
    <message>
        <source>401, unauthorized</source>
        <translation>401，未授权</translation>
    </message>
    <message>
        <source>expired session</source>
        <translation>登录过期</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>没有响应</translation>
    </message>
    <message>
        <source>connection cut</source>
        <translation>连接中断</translation>
    </message>
    <message>
        <source>broken JSON</source>
        <translation>JSON 损坏</translation>
    </message>
    <message>
        <source>done, answer lost</source>
        <translation>已执行但响应丢失</translation>
    </message>
    <message>
        <source>%1 bytes/s</source>
        <translation>%1 字节/秒</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态码</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>错误码</translation>
    </message>
    <message>
        <source>Milliseconds</source>
        <translation>毫秒</translation>
    </message>
    <message>
        <source>Bytes a second</source>
        <translation>每秒字节数</translation>
    </message>
    <message>
        <source>Writes are turned away with 503</source>
        <translation>写入被拒绝（503）</translation>
    </message>
    <message>
        <source>Writes are answered, and wait</source>
        <translation>写入有响应，但停在队列中</translation>
    </message>
    <message>
        <source>A write is applied, and comes again</source>
        <translation>写入已生效，又再次投递</translation>
    </message>
    <message>
        <source>A finished write comes once more</source>
        <translation>已完成的写入重复投递</translation>
    </message>
    <message>
        <source>A write cannot be applied</source>
        <translation>写入无法生效</translation>
    </message>
    <message>
        <source>No cover can be made</source>
        <translation>无法生成封面</translation>
    </message>
    <message>
        <source>Writes fail, reading goes on</source>
        <translation>写入失败，读取正常</translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>全部请求</translation>
    </message>
    <message>
        <source>all calls</source>
        <translation>所有接口</translation>
    </message>
    <message>
        <source>videos and pictures</source>
        <translation>视频和图片</translation>
    </message>
    <message>
        <source>the feed</source>
        <translation>视频流</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>空世界</translation>
    </message>
    <message>
        <source>One video</source>
        <translation>一个视频</translation>
    </message>
    <message>
        <source>Small: 12 people, 40 videos</source>
        <translation>小：12 位用户，40 个视频</translation>
    </message>
    <message>
        <source>Hostile texts</source>
        <translation>恶意文本</translation>
    </message>
    <message>
        <source>Busy: 1,000 people, 10,000 videos</source>
        <translation>大：1,000 位用户，10,000 个视频</translation>
    </message>
    <message>
        <source>Our own server</source>
        <translation>我们自己的服务器</translation>
    </message>
    <message>
        <source>The reference server</source>
        <translation>参考服务器</translation>
    </message>
    <message>
        <source>The official demo</source>
        <translation>官方演示服务器</translation>
    </message>
    <message>
        <source>Requests a second</source>
        <translation>每秒请求数</translation>
    </message>
    <message>
        <source>Failures a second</source>
        <translation>每秒失败数</translation>
    </message>
    <message>
        <source>Half are answered within (ms)</source>
        <translation>半数请求在此时间内响应（毫秒）</translation>
    </message>
    <message>
        <source>99 % are answered within (ms)</source>
        <translation>99 % 的请求在此时间内响应（毫秒）</translation>
    </message>
    <message>
        <source>Writes waiting</source>
        <translation>等待中的写入</translation>
    </message>
    <message>
        <source>Uploads waiting</source>
        <translation>等待中的上传</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>连接数</translation>
    </message>
    <message>
        <source>scenario “%1”</source>
        <translation>场景“%1”</translation>
    </message>
    <message numerus="yes">
        <source>%n fault rules</source>
        <translation>
            <numerusform>%n 条故障规则</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n faults inside</source>
        <translation>
            <numerusform>%n 个内部故障</numerusform>
        </translation>
    </message>
    <message>
        <source>its clock is turned</source>
        <translation>时钟已被调整</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>Importing…</source>
        <translation>正在导入…</translation>
    </message>
    <message>
        <source>Importing: %1 %</source>
        <translation>正在导入：%1%</translation>
    </message>
    <message>
        <source>Imported as “%1”. It is among the snapshots; the world that is here is as it was.</source>
        <translation>已导入为“%1”，可在快照中找到；当前的世界没有改变。</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>已保存为 %1</translation>
    </message>
    <message>
        <source>Stopped. Nothing has changed on the server.</source>
        <translation>已停止，服务器没有任何改变。</translation>
    </message>
    <message>
        <source>Stopped. No file was written.</source>
        <translation>已停止，没有写入文件。</translation>
    </message>
    <message>
        <source>That is not a file of this computer.</source>
        <translation>这不是本机的文件。</translation>
    </message>
    <message>
        <source>The file cannot be read: %1. Nothing has changed.</source>
        <translation>无法读取文件：%1。没有任何改变。</translation>
    </message>
    <message>
        <source>The file cannot be written: %1. What was there is as it was.</source>
        <translation>无法写入文件：%1。原有的文件保持不变。</translation>
    </message>
    <message>
        <source>This file is not an exported world. Nothing has changed.</source>
        <translation>这个文件不是导出的世界，没有任何改变。</translation>
    </message>
    <message>
        <source>That is too large for this page. “tikgok-sim ctl” can do it.</source>
        <translation>内容太大，本页无法处理，请使用“tikgok-sim ctl”。</translation>
    </message>
    <message>
        <source>That did not work. %1</source>
        <translation>操作未成功。%1</translation>
    </message>
    <message>
        <source>HTTP %1 with code %2</source>
        <translation>HTTP %1，错误码 %2</translation>
    </message>
    <message>
        <source>reset within the answer</source>
        <translation>响应途中连接被重置</translation>
    </message>
    <message>
        <source>reset, no answer</source>
        <translation>连接被重置，没有响应</translation>
    </message>
    <message>
        <source>closed within the answer</source>
        <translation>响应途中连接被关闭</translation>
    </message>
    <message>
        <source>closed, no answer</source>
        <translation>连接被关闭，没有响应</translation>
    </message>
</context>
<context>
    <name>SwitchRow</name>
    <message>
        <source>Remove: %1</source>
        <translation>移除：%1</translation>
    </message>
</context>
<context>
    <name>WorldSection</name>
    <message>
        <source>The world is kept as “%1”</source>
        <translation>世界已保存为“%1”</translation>
    </message>
    <message>
        <source>Now: %1</source>
        <translation>当前：%1</translation>
    </message>
    <message>
        <source>Reset it</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>As it was when it was made</source>
        <translation>恢复到刚创建时的样子</translation>
    </message>
    <message>
        <source>Reset the world?</source>
        <translation>重置世界？</translation>
    </message>
    <message>
        <source>Snapshots</source>
        <translation>快照</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Letters, digits, dots and dashes</source>
        <translation>字母、数字、点和短横线</translation>
    </message>
    <message>
        <source>Keep the world as it is</source>
        <translation>保存当前世界</translation>
    </message>
    <message>
        <source>Back to “%1”</source>
        <translation>恢复到“%1”</translation>
    </message>
    <message>
        <source>%1, kept on %2</source>
        <translation>%1，保存于 %2</translation>
    </message>
    <message>
        <source>Go back to “%1”?</source>
        <translation>恢复到“%1”？</translation>
    </message>
    <message>
        <source>Remove: %1</source>
        <translation>移除：%1</translation>
    </message>
    <message>
        <source>It behaves like</source>
        <translation>模仿的服务器</translation>
    </message>
    <message>
        <source>Another world</source>
        <translation>换一个世界</translation>
    </message>
    <message>
        <source>Small, empty, hostile, busy with a seed, …</source>
        <translation>小世界、空世界、恶意文本，或由种子生成的大世界</translation>
    </message>
    <message>
        <source>The world as a file</source>
        <translation>世界文件</translation>
    </message>
    <message>
        <source>Export it</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>For a bug report. Passwords are in it as hashes, sign-ins are not.</source>
        <translation>可附在问题报告里。密码只以哈希形式存在，不含登录状态。</translation>
    </message>
    <message>
        <source>Import one</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>It becomes a snapshot; the world that is here stays.</source>
        <translation>会成为一个快照，当前的世界不变。</translation>
    </message>
    <message>
        <source>Export the world</source>
        <translation>导出世界</translation>
    </message>
    <message>
        <source>Worlds (%1)</source>
        <translation>世界文件 (%1)</translation>
    </message>
    <message>
        <source>Import a world</source>
        <translation>导入世界</translation>
    </message>
    <message>
        <source>“Switch everything off” and the end of a scenario leave this as it is.</source>
        <translation>“全部关闭”和结束场景都不会改变这一项。</translation>
    </message>
</context>
<context>
    <name>WorldSheet</name>
    <message>
        <source>Another world</source>
        <translation>换一个世界</translation>
    </message>
    <message>
        <source>Which world</source>
        <translation>选择世界</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>The same number makes the same people and videos again.</source>
        <translation>相同的数字会生成相同的用户和视频。</translation>
    </message>
    <message>
        <source>A number from 0 up, in digits</source>
        <translation>请输入 0 或更大的整数</translation>
    </message>
    <message>
        <source>The people, videos, comments and messages that are there now go. Keep the world as a snapshot first if you want them back.</source>
        <translation>现有的用户、视频、评论和消息都会消失。如果还想找回，请先把世界保存为快照。</translation>
    </message>
    <message>
        <source>Replace the world</source>
        <translation>替换世界</translation>
    </message>
    <message>
        <source>Leave it as it is</source>
        <translation>保持不变</translation>
    </message>
</context>
</TS>
