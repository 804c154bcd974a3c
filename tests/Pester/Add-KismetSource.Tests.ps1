BeforeAll {
    . $PSScriptRoot/Common.ps1

    $server = Start-TzspListener -Port 0 | Start-KismetServer -Port 0
    $null = Connect-KismetServer 127.0.0.1 -Port $server.Port -Name mirror
}

AfterAll { Stop-TestSession }

Describe 'Add-KismetSource' {
    It 'tells a refusal in the words of the server' {
        Add-KismetSource wlan1:name=loft -Session mirror -ErrorVariable refused -ErrorAction SilentlyContinue
        $refused[0].FullyQualifiedErrorId | Should -BeLike 'CommandRefused,*'
        "$($refused[0])" | Should -BeLike '*Control is not allowed*'
    }

    It 'adds nothing with -WhatIf' {
        Add-KismetSource wlan1 -Session mirror -WhatIf -ErrorVariable failed | Should -BeNullOrEmpty
        $failed | Should -BeNullOrEmpty
    }
}
