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

Describe 'Remove-KismetSource' {
    It 'tells a refusal in the words of the server, and the source stays' {
        $source | Remove-KismetSource -Confirm:$false -ErrorVariable refused -ErrorAction SilentlyContinue
        $refused[0].FullyQualifiedErrorId | Should -BeLike 'CommandRefused,*'
        @(Get-KismetSource -Session mirror).Uuid | Should -Contain $source.Uuid
    }

    It 'removes nothing with -WhatIf' {
        $source | Remove-KismetSource -WhatIf -ErrorVariable failed
        $failed | Should -BeNullOrEmpty
    }
}
