BeforeAll {
    . $PSScriptRoot/Common.ps1

    $listener = Start-TzspListener -Port 0
    $server = $listener | Start-KismetServer -Port 0
    Send-TestFrame $listener.Port @(, (New-TestBeacon))
    $null = Wait-TestUntil { (Get-KismetStatistic -Session $listener).Decoded -eq 1 }
    $null = Connect-KismetServer 127.0.0.1 -Port $server.Port -Name mirror
    # Until a sensor is heard the listener itself is the server's source.
    $null = Wait-TestUntil { ($known = @(Get-KismetSource -Session mirror)).Count -eq 1 -and $known[0].Packets -eq 1 }
    $source = @(Get-KismetSource -Session mirror)[0]
}

AfterAll { Stop-TestSession }

Describe 'Set-KismetSource' {
    It 'tells a refusal in the words of the server' {
        $source | Set-KismetSource -Channel 6 -ErrorVariable refused -ErrorAction SilentlyContinue
        $refused[0].FullyQualifiedErrorId | Should -BeLike 'CommandRefused,*'
        "$($refused[0])" | Should -BeLike '*Control is not allowed*'
    }

    It 'completes channels of the sources' {
        # The one listener hears on the channel of its only frame.
        (Get-TestCompletion 'Get-KismetSource | Set-KismetSource -Channel ').ListItemText | Should -Be @(Get-KismetSource -Session mirror).Channel
    }

    It 'changes nothing with -WhatIf' {
        $source | Set-KismetSource -Channel 6 -WhatIf -ErrorVariable failed | Should -BeNullOrEmpty
        $failed | Should -BeNullOrEmpty
    }
}
