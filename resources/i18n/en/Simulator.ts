<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ChecksSection</name>
    <message numerus="yes">
        <source>%n requests: %1</source>
        <translation>
            <numerusform>%n request: %1</numerusform>
            <numerusform>%n requests: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CoverageSheet</name>
    <message numerus="yes">
        <source>%1, %n times</source>
        <translation>
            <numerusform>%1, %n time</numerusform>
            <numerusform>%1, %n times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeadLetters</name>
    <message numerus="yes">
        <source>And %n older ones.</source>
        <translation>
            <numerusform>And %n older one.</numerusform>
            <numerusform>And %n older ones.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LoadSection</name>
    <message numerus="yes">
        <source>The last %n seconds, while this page was open.</source>
        <translation>
            <numerusform>The last %n second, while this page was open.</numerusform>
            <numerusform>The last %n seconds, while this page was open.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReplaySection</name>
    <message numerus="yes">
        <source>%n requests and calls, %1</source>
        <translation>
            <numerusform>%n request or call, %1</numerusform>
            <numerusform>%n requests and calls, %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The same: %n requests were answered byte for byte as before.</source>
        <translation>
            <numerusform>The same: %n request was answered byte for byte as before.</numerusform>
            <numerusform>The same: %n requests were answered byte for byte as before.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SimulatorPage</name>
    <message numerus="yes">
        <source>%n sent again</source>
        <translation>
            <numerusform>%n sent again</numerusform>
            <numerusform>%n sent again</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SimulatorWords</name>
    <message numerus="yes">
        <source>%n fault rules</source>
        <translation>
            <numerusform>%n fault rule</numerusform>
            <numerusform>%n fault rules</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n faults inside</source>
        <translation>
            <numerusform>%n fault inside</numerusform>
            <numerusform>%n faults inside</numerusform>
        </translation>
    </message>
</context>
</TS>
