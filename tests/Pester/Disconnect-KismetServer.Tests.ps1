BeforeAll {
    . $PSScriptRoot/Common.ps1

    $listener = Start-TzspListener -Port 0
    $server = $listener | Start-KismetServer -Port 0
}

AfterAll { Stop-TestSession }

Describe 'Disconnect-KismetServer' {
    It 'ends a connection by name, by pipeline and by number, and the server sees it go' {
        $one = Connect-KismetServer 127.0.0.1 -Port $server.Port -Name one
        $two = Connect-KismetServer 127.0.0.1 -Port $server.Port
        $three = Connect-KismetServer 127.0.0.1 -Port $server.Port
        Disconnect-KismetServer one
        $two | Disconnect-KismetServer -PassThru | Should -Be $two
        Disconnect-KismetServer -Id $three.Id
        $one, $two, $three | ForEach-Object { $_.State | Should -Be Stopped }
        Wait-TestUntil { @(Get-KismetServerClient).Count -eq 0 } | Should -BeTrue
    }

    It 'stops nothing that is no connection, and nothing with -WhatIf' {
        $connection = Connect-KismetServer 127.0.0.1 -Port $server.Port -Name kept
        Disconnect-KismetServer kept -WhatIf
        $connection.State | Should -Be Running
        Disconnect-KismetServer -Id $listener.Id -ErrorVariable wrong -ErrorAction SilentlyContinue
        $wrong | Should -Not -BeNullOrEmpty
        $listener.State | Should -Be Running
    }
}
