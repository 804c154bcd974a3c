BeforeAll {
    . $PSScriptRoot/Common.ps1

    $listener = Start-TzspListener -Port 0
    $server = $listener | Start-KismetServer -Port 0 -ServerName box
    $connection = Connect-KismetServer 127.0.0.1 -Port $server.Port -Name mirror
}

AfterAll { Stop-TestSession }

Describe 'Get-KismetServerInfo' {
    It 'says what the server tells of itself' {
        $info = Get-KismetServerInfo -Session mirror
        $info.ServerName | Should -Be box
        $info.Protocol | Should -Be Text
        $info.IsConnected | Should -BeTrue
        $info.EndPoint | Should -BeLike "*:$($server.Port)"
        $info.SessionId | Should -Be $connection.Id
    }

    It 'takes the connections from the pipeline, and all without being told' {
        ($connection | Get-KismetServerInfo).ServerName | Should -Be box
        @(Get-KismetServerInfo).Count | Should -Be 1
    }

    It 'says that a session is not there' {
        Get-KismetServerInfo -Session nobody -ErrorVariable missing -ErrorAction SilentlyContinue
        $missing.FullyQualifiedErrorId | Should -BeLike 'SessionNotFound,*'
    }
}
