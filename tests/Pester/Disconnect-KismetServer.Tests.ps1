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

    It 'completes names and numbers of connections only, as Stop- commands do of what they stop' {
        Get-KismetSession -Kind Connection | Stop-KismetSession -Remove
        $connection = Connect-KismetServer 127.0.0.1 -Port $server.Port -Name far
        $export = $listener | Export-KismetDevice -ComputerName 127.0.0.1 -Port 9 -Protocol Udp -Name out
        foreach ($case in @{ Command = 'Disconnect-KismetServer'; Takes = $connection }, @{ Command = 'Stop-TzspListener'; Takes = $listener }, @{ Command = 'stop-kismetserver'; Takes = $server }) {
            (Get-TestCompletion "$($case.Command) -Name ").ListItemText | Should -Be $case.Takes.Name -Because $case.Command
            (Get-TestCompletion "$($case.Command) -Id ").ListItemText | Should -Be $case.Takes.Id -Because $case.Command
        }
        Get-TestCompletion 'Stop-KismetCapture -Name ' | Should -BeNullOrEmpty
        foreach ($command in (Get-Command -Module KismetPS -Verb Stop, Disconnect).Where({ $_.Parameters.Name })) {
            foreach ($name in (Get-TestCompletion "$command -Name ").ListItemText) { { & $command -Name $name -WhatIf -ErrorAction Stop } | Should -Not -Throw -Because "$command takes what it offers" }
        }
        (Get-TestCompletion 'Stop-KismetSession -Name ').ListItemText | Should -Be $listener.Name, $server.Name, far, out
        (Get-TestCompletion 'Get-KismetDevice -Session ').ListItemText | Should -Be $listener.Name, far
        (Get-TestCompletion 'Get-KismetServerInfo -Session ').ListItemText | Should -Be far
        (Get-TestCompletion 'Send-KismetCommand -Session ').ListItemText | Should -Be far
        (Get-TestCompletion 'Get-KismetStatistic -Session ').ListItemText | Should -Be $listener.Name, $server.Name, far, out
        $connection, $export | Stop-KismetSession -Remove
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
