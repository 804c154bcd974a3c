BeforeAll {
    . $PSScriptRoot/Common.ps1
    $q = [char] 1
}

Describe 'ConvertFrom-KismetSentence' {
    It 'gives typed values by field name' {
        $sentence = ConvertFrom-KismetSentence "*SSID: 00:0C:41:82:B2:55 7 0 ${q}lab net$q $q $q 2097858 1 1795247577 0 54 10 8 8 ${q}XXX:$q "
        $sentence | Should -BeOfType KismetPS.Kismet.KismetSentence
        $sentence.Name, "$($sentence.Era)" | Should -Be SSID, Newcore
        $sentence.Fields.ssid | Should -BeExactly 'lab net'
        $sentence.Fields.cryptset | Should -BeOfType long
        $sentence.Fields.cloaked | Should -BeTrue
        $sentence.Fields.firsttime | Should -Be ([DateTimeOffset]::FromUnixTimeSeconds(1795247577))
        $sentence.Fields.lasttime | Should -BeNullOrEmpty
        $sentence.GetBytes()[0] | Should -Be 42
    }

    It 'reads both eras from the pipeline, each after its greeting' {
        $lines = @(
            "*KISMET: 0.0.0 1133558400 ${q}old$q 20050815211952 0 2005.08.R1 "
            '*STATUS: Found new network "x"'
            "*NETWORK: 00:0C:41:82:B2:55 0 ${q}Coherer$q ", ''
            "*KISMET: 0.0.0 1795247577 ${q}new$q $q$q 0 "
            "*STATUS: ${q}Found new network$q 2 "
        )
        $sentences = $lines | ConvertFrom-KismetSentence
        "$($sentences.Era)" | Should -Be 'Stable Stable Stable Newcore Newcore'
        $sentences[1].Fields.text | Should -Be 'Found new network "x"'
        $sentences[2].Fields.ssid | Should -Be Coherer
        $sentences[4].Fields.flags | Should -Be 2
    }

    It 'takes the fields from CAPABILITY and ENABLE, or as they are told' {
        $all = '*CAPABILITY: BSSID bssid,channel', '*BSSID: 00:0C:41:82:B2:55 6 ', '!3 ENABLE BSSID channel,', '*BSSID: 11 ' | ConvertFrom-KismetSentence -Era Newcore
        $all[1].Fields.channel, $all[2].Fields.channel | Should -Be 6, 11
        (ConvertFrom-KismetSentence '*BSSID: 00:0C:41:82:B2:55 6 ' -Field bssid, channel).Fields.channel | Should -Be 6
        (ConvertFrom-KismetSentence '*GPS: 1 2 3 4 5 3 ' -Version 2005.08.R1).Fields.fix | Should -Be 3
    }

    It 'reads what Raw and text files show' {
        $first = ConvertFrom-KismetSentence "*STATUS: ${q}a b$q 2 "
        $first.Raw | Should -BeExactly '*STATUS: \x01a b\x01 2 '
        $again = $first, $first.Raw | ConvertFrom-KismetSentence
        $again.Fields.text | Should -Be 'a b', 'a b'
    }

    It 'reports what is no sentence and reads on' {
        $sentences = 'junk', '*TIME: 1795247577', '*no' | ConvertFrom-KismetSentence -ErrorVariable bad -ErrorAction SilentlyContinue
        $sentences.Name | Should -Be TIME
        $bad.FullyQualifiedErrorId | Should -Be (@('SentenceInvalid,KismetPS.PowerShell.Commands.ConvertFromKismetSentenceCommand') * 2)
        { ConvertFrom-KismetSentence '*TIME: 1' -Version 1999 } | Should -Throw -ErrorId 'ArgumentInvalid,*'
        { ConvertFrom-KismetSentence '*TIME: 1' -Version 2005-08-R1 -Era Newcore } | Should -Throw -ErrorId 'ArgumentInvalid,*'
    }

    It 'survives Clixml, and has a view' {
        $path = Join-Path $TestDrive s.xml
        ConvertFrom-KismetSentence "*STATUS: ${q}a$q 2 " | Export-Clixml $path
        (Import-Clixml $path).Fields['text'] | Should -Be a
        ConvertFrom-KismetSentence "*STATUS: ${q}a$q 2 " | Out-String -Width 80 | Should -Match 'STATUS +\*STATUS: \\x01a\\x01 2'
    }

    It 'completes releases and fields' {
        (Get-TestCompletion 'ConvertFrom-KismetSentence x -Version 2013').ListItemText | Should -Contain '2013-03-R1'
        (Get-TestCompletion 'ConvertFrom-KismetSentence x -Version ').ListItemText | Should -HaveCount 16
        (Get-TestCompletion 'ConvertFrom-KismetSentence x -Field crypts').ListItemText | Should -Contain cryptset
    }
}
