<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AccountRow</name>
    <message numerus="yes">
        <source>%n write(s) wait to be sent</source>
        <translation>
            <numerusform>%n write waits to be sent</numerusform>
            <numerusform>%n writes wait to be sent</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SignInSheet</name>
    <message numerus="yes">
        <source>At most %n character(s)</source>
        <translation>
            <numerusform>At most %n character</numerusform>
            <numerusform>At most %n characters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>At most %n byte(s): a letter like “a” is one, a Chinese character is three</source>
        <translation>
            <numerusform>At most %n byte: a letter like “a” is one, a Chinese character is three</numerusform>
            <numerusform>At most %n bytes: a letter like “a” is one, a Chinese character is three</numerusform>
        </translation>
    </message>
</context>
</TS>
