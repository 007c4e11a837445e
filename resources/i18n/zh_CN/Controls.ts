<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Avatar</name>
    <message>
        <source>Picture of %1</source>
        <translation>%1 的头像</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Dismiss this notice</source>
        <translation>关闭提示</translation>
    </message>
</context>
<context>
    <name>ConfirmSheet</name>
    <message>
        <source>Keep it</source>
        <translation>保留</translation>
    </message>
</context>
<context>
    <name>Counters</name>
    <message>
        <source>Works</source>
        <translation>作品</translation>
    </message>
    <message>
        <source>Followers</source>
        <translation>粉丝</translation>
    </message>
    <message>
        <source>Following</source>
        <translation>关注</translation>
    </message>
    <message>
        <source>Likes</source>
        <translation>获赞</translation>
    </message>
</context>
<context>
    <name>ErrorText</name>
    <message>
        <source>No connection</source>
        <translation>没有网络连接</translation>
    </message>
    <message>
        <source>The server is slow to answer</source>
        <translation>服务器响应太慢</translation>
    </message>
    <message>
        <source>You are signed out</source>
        <translation>登录已失效</translation>
    </message>
    <message>
        <source>Not there any more</source>
        <translation>内容已不存在</translation>
    </message>
    <message>
        <source>Too much at once</source>
        <translation>操作太频繁</translation>
    </message>
    <message>
        <source>The server is in trouble</source>
        <translation>服务器出了问题</translation>
    </message>
    <message>
        <source>This device cannot store that</source>
        <translation>本机无法保存</translation>
    </message>
    <message>
        <source>Too large</source>
        <translation>内容太大</translation>
    </message>
    <message>
        <source>That does not work yet</source>
        <translation>还不能这样提交</translation>
    </message>
    <message>
        <source>The server said no</source>
        <translation>服务器拒绝了请求</translation>
    </message>
    <message>
        <source>TikGok cannot reach the server. Check the network and try again.</source>
        <translation>TikGok 连不上服务器。请检查网络后重试。</translation>
    </message>
    <message>
        <source>No answer came in time. Try again in a moment.</source>
        <translation>没有及时收到回复，请稍后重试。</translation>
    </message>
    <message>
        <source>Sign in again; nothing that you typed is lost.</source>
        <translation>请重新登录，你输入的内容都还在。</translation>
    </message>
    <message>
        <source>It may have been deleted in the meantime.</source>
        <translation>它可能刚刚被删除了。</translation>
    </message>
    <message>
        <source>The server asks for a short break. Try again in a moment.</source>
        <translation>服务器请你稍等片刻，再试一次。</translation>
    </message>
    <message>
        <source>The server&apos;s answer could not be used. This is not your fault; try again later.</source>
        <translation>服务器的回复无法使用。这不是你的问题，请稍后再试。</translation>
    </message>
    <message>
        <source>Make some room on the disk and try again.</source>
        <translation>请腾出一些磁盘空间后重试。</translation>
    </message>
    <message>
        <source>The server takes nothing of that size.</source>
        <translation>服务器不接受这么大的内容。</translation>
    </message>
    <message>
        <source>It is empty or too long.</source>
        <translation>内容为空或太长。</translation>
    </message>
    <message>
        <source>It gave no reason that could be shown here.</source>
        <translation>服务器没有说明原因。</translation>
    </message>
    <message>
        <source>%1 The server&apos;s words: “%2”</source>
        <translation>%1 服务器说：“%2”</translation>
    </message>
    <message>
        <source>The server&apos;s words: “%1”</source>
        <translation>服务器说：“%1”</translation>
    </message>
    <message>
        <source>The connection was cut</source>
        <translation>连接中断了</translation>
    </message>
    <message>
        <source>It ended before the answer was here. Try again in a moment.</source>
        <translation>还没收到完整的回复，连接就断开了，请稍后重试。</translation>
    </message>
</context>
<context>
    <name>Field</name>
    <message>
        <source>Hide password</source>
        <translation>隐藏密码</translation>
    </message>
    <message>
        <source>Show password</source>
        <translation>显示密码</translation>
    </message>
</context>
<context>
    <name>FollowButton</name>
    <message>
        <source>Following</source>
        <translation>已关注</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>关注</translation>
    </message>
    <message>
        <source>Unfollow %1</source>
        <translation>取消关注 %1</translation>
    </message>
    <message>
        <source>Follow %1</source>
        <translation>关注 %1</translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>%1×</source>
        <translation>%1×</translation>
    </message>
    <message>
        <source>Just now</source>
        <translation>刚刚</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>%n 分钟前</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation>
            <numerusform>%n 小时前</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n 天前</numerusform>
        </translation>
    </message>
    <message>
        <source>Saved earlier</source>
        <translation>之前保存的内容</translation>
    </message>
    <message>
        <source>Saved just now</source>
        <translation>刚刚保存的内容</translation>
    </message>
    <message numerus="yes">
        <source>Saved %n minute(s) ago</source>
        <translation>
            <numerusform>%n 分钟前保存的内容</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Saved %n hour(s) ago</source>
        <translation>
            <numerusform>%n 小时前保存的内容</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Saved %n day(s) ago</source>
        <translation>
            <numerusform>%n 天前保存的内容</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <comment>between the parts of a list</comment>
        <translation>，</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>two sentences, one after another</comment>
        <translation>%1%2</translation>
    </message>
    <message>
        <source>. </source>
        <comment>between a heading and what stands below it</comment>
        <translation>。</translation>
    </message>
    <message>
        <source>: </source>
        <comment>between a name and its value</comment>
        <translation>：</translation>
    </message>
</context>
<context>
    <name>PageHeader</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>PersonRow</name>
    <message>
        <source>Write to %1</source>
        <translation>给 %1 发消息</translation>
    </message>
    <message numerus="yes">
        <source>%n unread</source>
        <translation>
            <numerusform>%n 条未读</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PullRefresh</name>
    <message>
        <source>Looking for something newer</source>
        <translation>正在刷新</translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
</TS>
