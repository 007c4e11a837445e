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
    <name>AccountRow</name>
    <message>
        <source>Signed in, in use</source>
        <translation>已登录，正在使用</translation>
    </message>
    <message>
        <source>Signed out: asks for the password</source>
        <translation>已退出：使用时需输入密码</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>已登录</translation>
    </message>
    <message>
        <source>More about %1</source>
        <translation>%1 的更多选项</translation>
    </message>
    <message numerus="yes">
        <source>%n write(s) wait to be sent</source>
        <translation>
            <numerusform>%n 项内容等待发送</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AccountsPage</name>
    <message>
        <source>Accounts</source>
        <translation>账号</translation>
    </message>
    <message>
        <source>%1 stays signed in, but cannot be used now. %2</source>
        <translation>%1 仍处于登录状态，但暂时无法使用。%2</translation>
    </message>
    <message>
        <source>On %1</source>
        <translation>在 %1 上</translation>
    </message>
    <message>
        <source>Nobody has signed in on this device yet.</source>
        <translation>这台设备上还没有人登录过。</translation>
    </message>
    <message>
        <source>Add an account</source>
        <translation>添加账号</translation>
    </message>
    <message>
        <source>%1 stays signed in</source>
        <translation>%1 会保持登录</translation>
    </message>
    <message>
        <source>Each account has its own drafts, its own list of what waits to be sent, and its own saved pages.</source>
        <translation>每个账号都有自己的草稿、待发送列表和已保存的页面。</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Use this account</source>
        <translation>使用这个账号</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>This removes %1 from this device, with its drafts and what waits to be sent. On the server nothing changes.</source>
        <translation>这会从本设备移除 %1，连同它的草稿和待发送的内容。服务器上的内容不受影响。</translation>
    </message>
    <message>
        <source>Signed out, the account stays in the list with its drafts and what waits to be sent.</source>
        <translation>退出登录后，账号仍保留在列表中，草稿和待发送的内容也都还在。</translation>
    </message>
    <message>
        <source>Remove %1?</source>
        <translation>移除“%1”？</translation>
    </message>
    <message>
        <source>Remove it for good</source>
        <translation>确认移除</translation>
    </message>
    <message>
        <source>Remove from this device…</source>
        <translation>从本设备移除…</translation>
    </message>
    <message>
        <source>%1 is not on this device any more</source>
        <translation>%1 已从本设备移除</translation>
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
    <message>
        <source>%1 stays signed in. You can go back and forth without a password.</source>
        <translation>%1 会保持登录，之后可以随时切换，无需密码。</translation>
    </message>
    <message>
        <source>Several accounts can be signed in side by side.</source>
        <translation>可以同时登录多个账号。</translation>
    </message>
    <message>
        <source>This account is signed out on this device. Its drafts are still there.</source>
        <translation>这个账号已在本设备退出，草稿还在。</translation>
    </message>
    <message>
        <source>The server has ended your session, so your password is needed again.</source>
        <translation>服务器结束了你的登录，需要重新输入密码。</translation>
    </message>
    <message>
        <source>Your message is kept and is sent as soon as you are in.</source>
        <translation>你的消息已保存，登录后就会发送。</translation>
    </message>
    <message numerus="yes">
        <source>At most %n byte(s): a letter like “a” is one, a Chinese character is three</source>
        <translation>
            <numerusform>最多 %n 个字节：一个英文字母占一个，一个汉字占三个</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VaultCard</name>
    <message>
        <source>Where sign-ins are kept</source>
        <translation>登录信息的保存位置</translation>
    </message>
    <message>
        <source>Kept unencrypted in a file of yours</source>
        <translation>未加密地保存在你的文件里</translation>
    </message>
    <message>
        <source>Whoever can read your files can use your accounts.</source>
        <translation>能读取你文件的人就能使用你的账号。</translation>
    </message>
    <message>
        <source>They could not be moved. They are still in the file, and nothing is lost.</source>
        <translation>没能移过去。登录信息仍在文件里，没有丢失。</translation>
    </message>
    <message>
        <source>Try the keychain again</source>
        <translation>再试一次密钥环</translation>
    </message>
    <message>
        <source>Move them to the keychain</source>
        <translation>移入密钥环</translation>
    </message>
    <message>
        <source>Keep my sign-ins unencrypted in a file on this device</source>
        <translation>把我的登录信息不加密地保存在本设备的文件里</translation>
    </message>
    <message>
        <source>I know that whoever can read my files can then use my accounts.</source>
        <translation>我知道，这样一来能读取我文件的人就能使用我的账号。</translation>
    </message>
</context>
<context>
    <name>VaultWords</name>
    <message>
        <source>The keychain is locked</source>
        <translation>密钥环已锁定</translation>
    </message>
    <message>
        <source>This system has no keychain</source>
        <translation>系统里没有密钥环</translation>
    </message>
    <message>
        <source>TikGok was refused the keychain</source>
        <translation>TikGok 被拒绝使用密钥环</translation>
    </message>
    <message>
        <source>The keychain does not answer</source>
        <translation>密钥环没有响应</translation>
    </message>
    <message>
        <source>Kept in the system&apos;s keychain</source>
        <translation>保存在系统密钥环中</translation>
    </message>
    <message>
        <source>You stay signed in until TikGok closes. Unlock the keychain and try again to stay signed in longer.</source>
        <translation>在关闭 TikGok 之前你会保持登录。解锁密钥环后再试一次，就能一直保持登录。</translation>
    </message>
    <message>
        <source>Your sign-in is in it, and safe. Unlock the keychain and try again.</source>
        <translation>你的登录信息在里面，很安全。请解锁密钥环后再试。</translation>
    </message>
    <message>
        <source>You stay signed in until TikGok closes. Install a keychain such as GNOME Keyring or KWallet to stay signed in longer.</source>
        <translation>在关闭 TikGok 之前你会保持登录。安装 GNOME Keyring 或 KWallet 等密钥环后，就能一直保持登录。</translation>
    </message>
    <message>
        <source>Sign-ins are remembered until TikGok closes. Install a keychain such as GNOME Keyring or KWallet to keep them longer.</source>
        <translation>登录信息只保留到 TikGok 关闭为止。安装 GNOME Keyring 或 KWallet 等密钥环后可以长期保存。</translation>
    </message>
    <message>
        <source>You stay signed in until TikGok closes. Allow TikGok to use the keychain and try again to stay signed in longer.</source>
        <translation>在关闭 TikGok 之前你会保持登录。允许 TikGok 使用密钥环后再试一次，就能一直保持登录。</translation>
    </message>
    <message>
        <source>Your sign-in is in it, and safe. Allow TikGok to use the keychain and try again.</source>
        <translation>你的登录信息在里面，很安全。请允许 TikGok 使用密钥环后再试。</translation>
    </message>
    <message>
        <source>You stay signed in until TikGok closes. Try again in a moment.</source>
        <translation>在关闭 TikGok 之前你会保持登录。请稍后再试。</translation>
    </message>
    <message>
        <source>Your sign-in is in it. Try again in a moment.</source>
        <translation>你的登录信息在里面。请稍后再试。</translation>
    </message>
    <message>
        <source>Only you can read them, after you have signed in to this computer.</source>
        <translation>只有你在登录这台电脑之后才能读取。</translation>
    </message>
</context>
</TS>
