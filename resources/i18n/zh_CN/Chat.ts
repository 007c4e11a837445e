<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ChatComposer</name>
    <message>
        <source>Write a message</source>
        <translation>写消息</translation>
    </message>
    <message>
        <source>Write a message to %1</source>
        <translation>给 %1 写消息</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s) left</source>
        <translation>
            <numerusform>还可以写 %n 个字节</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s) too many</source>
        <translation>
            <numerusform>超出 %n 个字节</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n character(s) left</source>
        <translation>
            <numerusform>还可以写 %n 个字</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n character(s) too many</source>
        <translation>
            <numerusform>超出 %n 个字</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChatPane</name>
    <message>
        <source>Conversation with %1</source>
        <translation>与 %1 的对话</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Profile of %1</source>
        <translation>%1 的主页</translation>
    </message>
    <message>
        <source>%1. This is from %2.</source>
        <translation>%1。这里显示的是 %2 时的内容。</translation>
    </message>
    <message>
        <source>Messages, the newest at the end</source>
        <translation>消息，最新的在末尾</translation>
    </message>
    <message>
        <source>Loading messages</source>
        <translation>正在加载消息</translation>
    </message>
    <message>
        <source>Nothing said yet</source>
        <translation>还没有聊过</translation>
    </message>
    <message>
        <source>You are signed out</source>
        <translation>你已退出登录</translation>
    </message>
    <message>
        <source>Write the first message to %1.</source>
        <translation>给 %1 写第一条消息吧。</translation>
    </message>
    <message>
        <source>Sign in to read and write messages. What you typed is kept.</source>
        <translation>登录后就能看消息、写消息。你写到一半的内容还在。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Sign in or register</source>
        <translation>登录或注册</translation>
    </message>
    <message numerus="yes">
        <source>Jump to the newest, %n new</source>
        <translation>
            <numerusform>跳到最新消息，有 %n 条新消息</numerusform>
        </translation>
    </message>
    <message>
        <source>Jump to the newest</source>
        <translation>跳到最新消息</translation>
    </message>
</context>
<context>
    <name>ConversationRow</name>
    <message>
        <source>Draft: %1</source>
        <translation>草稿：%1</translation>
    </message>
    <message>
        <source>Say hello</source>
        <translation>打个招呼吧</translation>
    </message>
    <message>
        <source>You: %1</source>
        <translation>我：%1</translation>
    </message>
    <message numerus="yes">
        <source>%n unread</source>
        <translation>
            <numerusform>%n 条未读</numerusform>
        </translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>未发送</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>发送中</translation>
    </message>
</context>
<context>
    <name>MessageBubble</name>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>发送中…</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>未发送</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>You</source>
        <translation>我</translation>
    </message>
    <message>
        <source>Not sent. The server&apos;s words: “%1”</source>
        <translation>未发送。服务器说：“%1”</translation>
    </message>
    <message>
        <source>Not sent. %1</source>
        <translation>未发送。%1</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>重新发送</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Waiting to be sent…</source>
        <translation>等待发送…</translation>
    </message>
</context>
<context>
    <name>MessagesPage</name>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Looking for new messages</source>
        <translation>正在查看新消息</translation>
    </message>
    <message>
        <source>Look for new messages</source>
        <translation>查看新消息</translation>
    </message>
    <message>
        <source>%1. This is what was known last.</source>
        <translation>%1。这里显示的是上次看到的内容。</translation>
    </message>
    <message>
        <source>Conversations, newest first</source>
        <translation>对话，最新的在最前</translation>
    </message>
    <message>
        <source>Loading conversations</source>
        <translation>正在加载对话</translation>
    </message>
    <message>
        <source>Sign in to talk</source>
        <translation>登录后就能聊天</translation>
    </message>
    <message>
        <source>No conversations yet</source>
        <translation>还没有对话</translation>
    </message>
    <message>
        <source>Your conversations are kept with your account.</source>
        <translation>你的对话都保存在你的账号里。</translation>
    </message>
    <message>
        <source>Friends are people whom you follow and who follow you. Follow somebody, and talk when they follow you back.</source>
        <translation>互相关注的人就是好友。先去关注别人，等对方也关注了你，就能在这里聊天。</translation>
    </message>
    <message>
        <source>Sign in or register</source>
        <translation>登录或注册</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Find people</source>
        <translation>去找人</translation>
    </message>
    <message>
        <source>Choose a conversation</source>
        <translation>选择一个对话</translation>
    </message>
    <message>
        <source>Up and Down choose, Enter opens.</source>
        <translation>用上下键选择，按回车打开。</translation>
    </message>
</context>
</TS>
