BeforeAll {
    . $PSScriptRoot/Common.ps1
    $devices = Import-KismetCapture (Join-Path $PSScriptRoot '../../samples/office.pcapng')
    function Get-TestReport($Path) {
        $html = Get-Content $Path -Raw
        if ($html -notmatch '(?s)<script type="application/json" id="data">(.*?)</script>') { throw 'There is no data in the report.' }
        $Matches[1] | ConvertFrom-Json
    }
}

Describe 'Export-KismetReport' {
    It 'writes all devices and the networks they tell of, and says that one snapshot has no course' {
        $devices | Export-KismetReport TestDrive:/r.html | Should -BeNullOrEmpty
        $report = Get-TestReport TestDrive:/r.html
        $report.devices.rows.Count | Should -Be $devices.Count
        $report.networks.rows.Count | Should -Be ($devices.Ssids | Measure-Object).Count
        $report.networksDerived | Should -BeTrue
        $report.signal.reading | Should -Be None
    }

    It 'makes a course of the readings of a device' {
        $readings = Import-KismetCapture (Join-Path $PSScriptRoot '../../samples/office.pcapng') | Select-Object -First 1
        $readings | Export-KismetDevice TestDrive:/one.json
        $text = Get-Content TestDrive:/one.json -Raw
        $later = foreach ($n in 1..5) { ($text | ConvertFrom-Json)[0] | ForEach-Object { $_.LastSeen = $readings.LastSeen.AddSeconds(10 * $n); $_.SignalDbm = -40 - $n; $_ } }
        ConvertTo-Json @($later) -Depth 6 | Set-Content TestDrive:/many.json
        Import-KismetDevice TestDrive:/many.json | Export-KismetReport TestDrive:/course.html
        $report = Get-TestReport TestDrive:/course.html
        $report.signal.reading | Should -Be Snapshot
        @($report.signal.courses)[0].steps.Count | Should -Be 5
    }

    It 'reports on sessions, with their counters, and keeps names from the air text' {
        $listener = Start-TzspListener -Port 0 -Name air
        try {
            Send-TestFrame $listener.Port @(, (New-TestBeacon -Ssid '</script><!--<img src=x>'))
            Wait-TestUntil { (Get-KismetStatistic).Devices -eq 1 } | Should -BeTrue
            Export-KismetReport TestDrive:/s.html -Title '<b>roof</b>'
            $report = Get-TestReport TestDrive:/s.html
            $report.networks.rows[0][0] | Should -BeExactly '</script><!--<img src=x>'
            $report.sessions.rows[0][1] | Should -Be air
            $html = Get-Content TestDrive:/s.html -Raw
            $html | Should -Not -Match '<img'
            $html | Should -Not -Match '<b>roof'
        }
        finally { Stop-TestSession }
    }

    It 'asks, keeps and replaces as other exports do' {
        $devices | Export-KismetReport TestDrive:/w.html -WhatIf
        Test-Path TestDrive:/w.html | Should -BeFalse
        ($devices | Export-KismetReport TestDrive:/w.html -PassThru).Length | Should -BeGreaterThan 10000
        { $devices | Export-KismetReport TestDrive:/w.html -NoClobber -ErrorAction Stop } | Should -Throw -ErrorId 'FileExists,*'
    }

    It 'refuses what it cannot report on, and leaves no file of nothing' {
        { 1, 2 | Export-KismetReport TestDrive:/n.html -ErrorAction SilentlyContinue -ErrorVariable script:problem } | Should -Throw -ErrorId 'SessionNotFound,*'
        $script:problem[0].FullyQualifiedErrorId | Should -BeLike 'ArgumentInvalid,*'
        Test-Path TestDrive:/n.html | Should -BeFalse
    }

    It 'says once that a session is not there, and leaves no file' {
        Export-KismetReport TestDrive:/nobody.html -Session nobody -ErrorAction SilentlyContinue -ErrorVariable missing
        @($missing).FullyQualifiedErrorId | Should -Be 'SessionNotFound,KismetPS.PowerShell.Commands.ExportKismetReportCommand'
        Test-Path TestDrive:/nobody.html | Should -BeFalse
    }
}
