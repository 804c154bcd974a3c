BeforeAll {
    . $PSScriptRoot/Common.ps1

    $server = Start-TzspListener -Port 0 | Start-KismetServer -Port 0
    $null = Connect-KismetServer 127.0.0.1 -Port $server.Port -Name mirror
}

AfterAll { Stop-TestSession }

Describe 'Send-KismetCommand' {
    It 'gives the acknowledgement and what came before it' {
        $reply = Send-KismetCommand CAPABILITY TIME -Session mirror
        $reply.Text | Should -Be OK
        $reply.Lines -join '' | Should -BeLike '*TIME timesec*'
    }

    It 'makes a refusal an error in the words of the server' {
        Send-KismetCommand SHUTDOWN -Session mirror -Confirm:$false -ErrorVariable refused -ErrorAction SilentlyContinue
        $refused[0].FullyQualifiedErrorId | Should -BeLike 'CommandRefused,*'
        "$($refused[0])" | Should -BeLike '*Control is not allowed*'
        $server.State | Should -Be Running
    }

    It 'sends nothing with -WhatIf' {
        Send-KismetCommand SHUTDOWN -Session mirror -WhatIf | Should -BeNullOrEmpty
    }
}
