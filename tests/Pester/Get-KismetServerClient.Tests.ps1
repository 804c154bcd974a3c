BeforeAll { . $PSScriptRoot/Common.ps1 }

Describe 'Get-KismetServerClient' {
    AfterEach { Stop-TestSession }

    It 'shows who is connected and nobody else' {
        $server = Start-TzspListener -Port 0 | Start-KismetServer -Port 0
        Get-KismetServerClient | Should -BeNullOrEmpty
        $client = [Net.Sockets.TcpClient]::new('127.0.0.1', $server.Port)
        try {
            Wait-TestUntil { @(Get-KismetServerClient $server).Count -eq 1 } | Should -BeTrue
            $shown = Get-KismetServerClient
            $shown | Should -BeOfType KismetPS.Kismet.KismetServerClient
            $shown.EndPoint | Should -Be "127.0.0.1:$($client.Client.LocalEndPoint.Port)"
            $shown.SessionId | Should -Be $server.Id
            $shown.Era | Should -Be Unknown
        }
        finally { $client.Dispose() }
        Wait-TestUntil { @(Get-KismetServerClient).Count -eq 0 } | Should -BeTrue
    }

    It 'says that another session has no clients' {
        $listener = Start-TzspListener -Port 0
        { Get-KismetServerClient $listener -ErrorAction Stop } | Should -Throw -ErrorId 'SessionNotFound,*'
    }
}
