<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AccountCard</name>
    <message>
        <source>Looking for your last session…</source>
        <translation>正在恢复上次的登录…</translation>
    </message>
    <message>
        <source>Welcome back, %1</source>
        <translation>%1，欢迎回来</translation>
    </message>
    <message>
        <source>Say what you like</source>
        <translation>喜欢，就说出来</translation>
    </message>
    <message>
        <source>The server has ended your session. Sign in again and everything goes on.</source>
        <translation>服务器结束了你的登录。重新登录后一切照旧。</translation>
    </message>
    <message>
        <source>With an account you can like videos and write comments. Watching works without one.</source>
        <translation>登录后可以点赞和评论。只看视频不需要账号。</translation>
    </message>
    <message>
        <source>Sign in or register</source>
        <translation>登录或注册</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>已登录</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
</context>
<context>
    <name>SignInSheet</name>
    <message>
        <source>Create an account</source>
        <translation>注册账号</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>A name is needed</source>
        <translation>请填写用户名</translation>
    </message>
    <message>
        <source>A password is needed</source>
        <translation>请填写密码</translation>
    </message>
    <message numerus="yes">
        <source>At most %n character(s)</source>
        <translation>
            <numerusform>最多 %n 个字</numerusform>
        </translation>
    </message>
    <message>
        <source>That is not the password of this account</source>
        <translation>密码不对</translation>
    </message>
    <message>
        <source>This name is taken. Choose another, or sign in</source>
        <translation>用户名已被使用，请换一个，或直接登录</translation>
    </message>
    <message>
        <source>Nobody here has this name. Check it, or create an account</source>
        <translation>没有这个用户，请检查用户名，或注册账号</translation>
    </message>
    <message>
        <source>Your like is kept and happens as soon as you are in.</source>
        <translation>你的点赞已记下，登录后立即生效。</translation>
    </message>
    <message>
        <source>You follow them as soon as you are in.</source>
        <translation>登录后立即关注。</translation>
    </message>
    <message>
        <source>Your comment is kept and is sent as soon as you are in.</source>
        <translation>你的评论已保留，登录后自动发送。</translation>
    </message>
    <message>
        <source>The server has ended your session. Sign in again and everything goes on.</source>
        <translation>服务器结束了你的登录。重新登录后一切照旧。</translation>
    </message>
    <message>
        <source>Watching needs no account. Liking and commenting do.</source>
        <translation>看视频不需要账号，点赞和评论需要。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Creating the account…</source>
        <translation>正在注册…</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>正在登录…</translation>
    </message>
    <message>
        <source>Create account</source>
        <translation>注册</translation>
    </message>
    <message>
        <source>I have an account: sign in</source>
        <translation>已有账号，去登录</translation>
    </message>
    <message>
        <source>New here? Create an account</source>
        <translation>还没有账号？注册一个</translation>
    </message>
    <message>
        <source>Only trying it out? The built-in server has demo people. Their password is “%1”.</source>
        <translation>只是试试看？内置服务器有演示用户，密码都是“%1”。</translation>
    </message>
    <message>
        <source>Fill in %1</source>
        <translation>填入 %1</translation>
    </message>
    <message>
        <source>What you prepared is kept and is published as soon as you are in.</source>
        <translation>你准备的内容已保留，登录后立即发布。</translation>
    </message>
</context>
</TS>
