BeforeAll {
    . $PSScriptRoot/Common.ps1
    $listener = Start-TzspListener -Port 0 -Name counters
    Send-TestFrame $listener.Port @((New-TestBeacon), (New-TestData), (New-TestProbe))
    Send-TestMessage $listener.Port @([byte[]] (9, 9, 9, 9, 9, 9), [byte[]] (1, 0, 0))
    $null = Wait-TestUntil { (Get-KismetStatistic).Received -eq 5 }
}

AfterAll { Stop-TestSession }

Describe 'Get-KismetStatistic' {
    It 'counts what came and why some of it was not used' {
        $statistic = Get-KismetStatistic
        $statistic | Should -BeOfType KismetPS.Tracking.KismetStatistic
        $statistic.Received | Should -Be 5
        $statistic.Decoded | Should -Be 3
        $statistic.Dropped | Should -Be 2
        $statistic.Malformed | Should -Be 2
        $statistic.Devices | Should -Be 3
        $statistic.Networks | Should -Be 1
        $statistic.ReceiveBufferBytes | Should -BeGreaterThan 0
        ($statistic.DropReasons.Name | Sort-Object) -join ',' | Should -Be 'TzspTruncated,TzspVersion'
        $statistic.Sensors.Count | Should -BeGreaterOrEqual 1
        ($statistic.Sensors | Measure-Object Received -Sum).Sum | Should -BeGreaterOrEqual 3
    }

    It 'takes sessions from the pipeline and by name' {
        ($listener | Get-KismetStatistic).SessionId | Should -Be $listener.Id
        (Get-KismetStatistic -Session count*).Name | Should -Be counters
    }

    It 'tells of every kind of session, and of a receiver, a server or an export by name too' {
        $server = $listener | Start-KismetServer -Port 0 -Name served
        $export = $listener | Export-KismetDevice -ComputerName 127.0.0.1 -Port 9 -Protocol Udp -Name sent
        try {
            $all = @(Get-KismetStatistic)
            $all | Should -BeOfType KismetPS.Tracking.KismetStatistic
            $all.Name | Should -Be counters, served, sent
            $all.SessionId | Should -Be $listener.Id, $server.Id, $export.Id
            (Get-KismetStatistic -Session served).Devices | Should -Be 3
            Get-KismetStatistic -Session sent | Should -BeOfType KismetPS.Export.KismetExportStatistic
            ($export | Get-KismetStatistic).EndPoint | Should -Be $export.EndPoint
            (Get-KismetStatistic -Session s*).Name | Should -Be served, sent
            # One table, whose columns all of them have.
            $table = @((Get-KismetStatistic | Out-String -Width 120) -split '\r?\n' | Where-Object { $_.Trim() })
            $table.Count | Should -Be 5
            $table[0] | Should -Match '^Session +Received'
        }
        finally { $export, $server | Stop-KismetSession -Remove }
    }

    It 'stays readable after the end' {
        Stop-TzspListener $listener
        (Get-KismetStatistic -Session $listener.Id).Decoded | Should -Be 3
    }

    It 'comes back from Clixml with its details' {
        Get-KismetStatistic | Export-Clixml TestDrive:/s.xml
        $after = Import-Clixml TestDrive:/s.xml
        $after.DropReasons.Name | Should -Contain TzspVersion
        $after.Sensors[0].Received | Should -BeGreaterThan 0
    }
}
