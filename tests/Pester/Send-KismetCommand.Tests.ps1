BeforeAll {
    . $PSScriptRoot/Common.ps1

    $listener = Start-TzspListener -Port 0
    $server = $listener | Start-KismetServer -Port 0
    Send-TestFrame $listener.Port @(, (New-TestBeacon))
    $null = Wait-TestUntil { (Get-KismetStatistic -Session $listener).Decoded -eq 1 }
    $null = Connect-KismetServer 127.0.0.1 -Port $server.Port -Name mirror
    # Until a sensor is heard the listener itself is the server's source.
    $null = Wait-TestUntil { ($known = @(Get-KismetSource -Session mirror)).Count -eq 1 -and $known[0].Packets -eq 1 }
}

AfterAll { Stop-TestSession }

Describe 'Send-KismetCommand' {
    It 'gives the acknowledgement and what came before it' {
        $reply = Send-KismetCommand CAPABILITY TIME -Session mirror
        $reply.Text | Should -Be OK
        $reply.Lines -join '' | Should -BeLike '*TIME timesec*'
    }

    It 'tells where there is no connection to send to' {
        Send-KismetCommand CAPABILITY -Session $listener -ErrorVariable none -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $none[0].FullyQualifiedErrorId | Should -BeLike 'SessionNotFound,*'
    }

    It 'makes a refusal an error in the words of the server' {
        Send-KismetCommand SHUTDOWN -Session mirror -Confirm:$false -ErrorVariable refused -ErrorAction SilentlyContinue
        $refused[0].FullyQualifiedErrorId | Should -BeLike 'CommandRefused,*'
        "$($refused[0])" | Should -BeLike '*Control is not allowed*'
        $server.State | Should -Be Running
    }

    It 'completes command words, sentences and sources in time' {
        (Get-TestCompletion 'Send-KismetCommand HOP').ListItemText | Should -Be HOPSOURCE
        (Get-TestCompletion 'Send-KismetCommand ').ListItemText | Should -Not -Contain CHANLOCK
        $names = (Get-TestCompletion 'Send-KismetCommand ENABLE BSS').ListItemText
        $names | Should -Be BSSID, BSSIDSRC
        (Get-TestCompletion 'Send-KismetCommand HOPSOURCE ').ListItemText | Should -Contain (Get-KismetSource -Session mirror)[0].Uuid
        Measure-TestBest { Get-TestCompletion 'Send-KismetCommand ENABLE BSS' } -Limit 50 | Should -BeLessThan 50
    }

    It 'sends nothing with -WhatIf' {
        Send-KismetCommand SHUTDOWN -Session mirror -WhatIf | Should -BeNullOrEmpty
    }
}
