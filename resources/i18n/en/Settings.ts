<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>MePage</name>
    <message numerus="yes">
        <source>%n write(s) have not reached the server. They stay on this device, and what waits is sent when you sign in again.</source>
        <translation>
            <numerusform>%n write has not reached the server. It stays on this device, and what waits is sent when you sign in again.</numerusform>
            <numerusform>%n writes have not reached the server. They stay on this device, and what waits is sent when you sign in again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not sent</source>
        <translation>
            <numerusform>%n not sent</numerusform>
            <numerusform>%n not sent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ServerWords</name>
    <message numerus="yes">
        <source>%n video(s) per page</source>
        <translation>
            <numerusform>%n video per page</numerusform>
            <numerusform>%n videos per page</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n write(s) wait for this server and will not be sent.</source>
        <translation>
            <numerusform>%n write waits for this server and will not be sent.</numerusform>
            <numerusform>%n writes wait for this server and will not be sent.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n draft(s) are deleted.</source>
        <translation>
            <numerusform>%n draft is deleted.</numerusform>
            <numerusform>%n drafts are deleted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n account(s) are signed out and forgotten on this device.</source>
        <translation>
            <numerusform>%n account is signed out and forgotten on this device.</numerusform>
            <numerusform>%n accounts are signed out and forgotten on this device.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n recorded video(s) go with them.</source>
        <translation>
            <numerusform>%n recorded video goes with them.</numerusform>
            <numerusform>%n recorded videos go with them.</numerusform>
        </translation>
    </message>
</context>
</TS>
