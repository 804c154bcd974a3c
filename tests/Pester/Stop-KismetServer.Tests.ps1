BeforeAll { . $PSScriptRoot/Common.ps1 }

Describe 'Stop-KismetServer' {
    AfterEach { Stop-TestSession }

    It 'stops by object, number, name and pipeline, silently, and leaves what was served' {
        $listener = Start-TzspListener -Port 0
        $servers = 1..4 | ForEach-Object { $listener | Start-KismetServer -Port 0 -Name "s$_" }
        $(
            Stop-KismetServer $servers[0]
            Stop-KismetServer -Id $servers[1].Id
            Stop-KismetServer -Name S3
            $servers[3] | Stop-KismetServer
        ) | Should -BeNullOrEmpty
        $servers.State | Should -Be Stopped, Stopped, Stopped, Stopped
        $listener.State | Should -Be Running
    }

    It 'says good-bye to clients' {
        $server = Start-TzspListener -Port 0 | Start-KismetServer -Port 0
        $client = [Net.Sockets.TcpClient]::new('127.0.0.1', $server.Port)
        try {
            $reader = [IO.StreamReader]::new($client.GetStream())
            $null = $reader.ReadLine()
            Stop-KismetServer $server
            $reader.ReadToEnd() | Should -BeLike '*`*TERMINATE: Kismet server terminating.*'
        }
        finally { $client.Dispose() }
    }

    It 'does nothing with -WhatIf, and returns the session with -PassThru' {
        $server = Start-TzspListener -Port 0 | Start-KismetServer -Port 0
        Stop-KismetServer $server -WhatIf
        $server.State | Should -Be Running
        (Stop-KismetServer $server -PassThru).Id | Should -Be $server.Id
    }

    It 'names a session of another kind' {
        $listener = Start-TzspListener -Port 0
        { Stop-KismetServer $listener -ErrorAction Stop } | Should -Throw -ErrorId 'SessionNotFound,*'
    }
}
