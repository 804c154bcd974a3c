BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/CaptureServer.ps1
    $office = Join-Path $PSScriptRoot '../../samples/office.pcapng'

    # What a person sees: no colours, 120 columns, times masked since they are local.
    function Format-TestView {
        param([Parameter(ValueFromPipeline)] $InputObject, [int] $Width = 120)
        begin { $all = [Collections.Generic.List[object]]::new() }
        process { $all.Add($InputObject) }
        end {
            $rendering = $PSStyle.OutputRendering
            $PSStyle.OutputRendering = 'PlainText'
            try { (($all | Out-String -Width $Width) -split '\r?\n' | ForEach-Object { ($_ -replace '(?<= )\d\d:\d\d:\d\d(?= |$)', 'hh:mm:ss').TrimEnd() }) -join "`n" }
            finally { $PSStyle.OutputRendering = $rendering }
        }
    }

    $listener = Start-TzspListener -Port 0 -Name view
    Send-TestFrame $listener.Port @((New-TestBeacon), (New-TestBeacon -Bssid 00:0C:42:00:00:02 -SsidBytes ([byte[]] (0x1B, 0x5B, 0x33, 0x31, 0x6D, 0x41)) -Channel 11 -Wpa2), (New-TestData), (New-TestProbe))
    $null = Wait-TestUntil { (Get-KismetStatistic).Decoded -eq 4 }
}

AfterAll { Stop-TestSession }

Describe 'Views' {
    It 'of devices' {
        $text = Get-KismetDevice | Sort-Object MacAddress | Select-Object -First 2 | Format-TestView
        $text.Trim() | Should -BeExactly (@(
                'MacAddress        Type        Ssid                 Ch Encryption    dBm Packets Clients LastSeen Vendor'
                '----------        ----        ----                 -- ----------    --- ------- ------- -------- ------'
                '00:0C:42:00:00:01 AccessPoint lab                   6 Open          -50       1       1 hh:mm:ss Routerboard.com'
                '00:0C:42:00:00:02 AccessPoint \x1B[31mA            11 Wpa2          -50       1       0 hh:mm:ss Routerboard.com') -join "`n")
    }

    It 'of networks' {
        $text = Get-KismetNetwork -MacAddress 00:0C:42:00:00:01 | Format-TestView
        $text | Should -Match 'Bssid +Ssid +Ch +MHz Std Encryption +dBm Clients +Packets LastSeen Maker'
    }

    It 'of sessions' {
        $text = Get-KismetSession | Format-TestView
        $text | Should -Match ' +Id Name +Kind +State +EndPoint +Received Devices Started +Error'
        $text | Should -Match "$($listener.Id) view +TzspListener Running"
    }

    It 'fit 120 and 80 columns and show no control characters (<what>)' -TestCases @(
        @{ what = 'devices'; script = { Import-KismetCapture $office } }
        @{ what = 'networks'; script = { Import-KismetCapture $office -Emit Network } }
        @{ what = 'frames'; script = { Import-KismetCapture $office -Emit Frame } }
        @{ what = 'alerts'; script = { Import-KismetCapture $office -Emit Alert } }
        @{ what = 'packets'; script = { Import-KismetCapture (Join-Path $PSScriptRoot '../../samples/two-sensors.tzsp.pcap') -Emit Packet } }
        @{ what = 'sessions'; script = { Get-KismetSession } }
        @{ what = 'sentences'; script = { '*STATUS: \x01New network \134x1B[31m\x01 2 ', '*NETWORK: 00:0C:41:82:B2:55 0 \x01lab\x01 ' | ConvertFrom-KismetSentence } }
        @{ what = 'statistics'; script = { Get-KismetStatistic } }
        @{ what = 'sensors'; script = { (Get-KismetStatistic).Sensors } }
        @{ what = 'changes'; script = { Watch-KismetDevice -Existing -Count 4 } }
        @{ what = 'vendors'; script = { Resolve-KismetVendor 00:00:0C:00:00:01 } }
        @{ what = 'measures'; script = { Get-KismetDevice | Measure-KismetDevice Channel, Encryption } }
        @{ what = 'tags'; script = { (Import-KismetCapture (Join-Path $PSScriptRoot '../../samples/two-sensors.tzsp.pcap') -Emit Packet)[0].Tags } }
        @{ what = 'send results'; script = { Send-TzspPacket 127.0.0.1 9 -Type Keepalive -PassThru } }
        @{ what = 'jobs'; script = { $job = Start-TzspListener -Port 0 -AsJob -Name j; $job; Remove-Job $job -Force } }
    ) {
        $objects = @(& $script)
        # A terminal of 80 columns has 79 that PowerShell uses.
        foreach ($width in 79, 80, 119, 120) {
            $text = $objects | Format-TestView -Width $width
            $text.Trim() | Should -Not -BeNullOrEmpty
            ($text -split "`n" | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual $width
            $text | Should -Not -Match '[\x00-\x09\x0B-\x1F\x7F-\x9F]'
            # A header that breaks has a second line before the rule.
            $lines = @($text.Trim() -split "`n" | Where-Object { $_ -notmatch '^ *Property: |^$' })
            $lines[1] | Should -Match '^[- ]+$' -Because "the header is one line of $width columns"
        }

        # What a job of another process, a remote session or a file gives back looks as it did. (The view of jobs is PowerShell's.)
        if ($what -eq 'jobs') { return }
        $objects | Export-Clixml TestDrive:/view.xml
        $again = @(Import-Clixml TestDrive:/view.xml)
        $again | Format-TestView | Should -BeExactly ($objects | Format-TestView)
        ($again | Format-List | Format-TestView) -replace '\s+', ' ' | Should -BeExactly (($objects | Format-List | Format-TestView) -replace '\s+', ' ')
    }

    It 'of an export, a receiver and what they count show what about_KismetPS_Export speaks of' {
        $receiver = Receive-KismetDevice -Port 0 -AsJob
        try {
            $null = Wait-TestUntil { (Get-KismetSession -Kind Receiver).EndPoint }
            $port = ((Get-KismetSession -Kind Receiver | Select-Object -Last 1).EndPoint -split ':')[-1]
            $export = Get-KismetSession view | Export-KismetDevice -ComputerName 127.0.0.1 -Port $port -UpdateRate 1 -Name sent
            $null = Wait-TestUntil { $export.Statistics.Sent -ge 3 }
            $list = $export.Statistics | Format-List | Format-TestView
            foreach ($name in 'Sent', 'Delivered', 'Unconfirmed', 'Queued', 'Dropped', 'DropReasons', 'Spooled', 'Shortened', 'NotSpooled', 'LastError', 'Errors') { $list | Should -Match "(?m)^$name +:" }
            $export.Statistics | Format-TestView | Should -Match 'Session +EndPoint +Sent +Delivered +Queued +Dropped +Unconfirmed +LastError'
            $null = Wait-TestUntil { (Get-KismetSession -Kind Receiver | Select-Object -Last 1).Statistics.Received -ge 3 }
            $statistic = (Get-KismetSession -Kind Receiver | Select-Object -Last 1).Statistics
            $statistic | Format-TestView | Should -Match 'Session +EndPoint +Received +Missing +Repeats +Malformed'
            $statistic | Format-List | Format-TestView | Should -Match '(?m)^Streams +:'

            # From a job of another process, a remote session or a file they are what they were, not what all sessions count.
            $gone = $export.Statistics
            $gone, $statistic | Export-Clixml TestDrive:/s.xml
            $sent, $received = Import-Clixml TestDrive:/s.xml
            $sent | Should -BeOfType KismetPS.Export.KismetExportStatistic
            $sent | ConvertTo-Json -Depth 4 | Should -BeExactly ($gone | ConvertTo-Json -Depth 4)
            $received | Should -BeOfType KismetPS.Export.KismetReceiverStatistic
            $received | ConvertTo-Json -Depth 4 | Should -BeExactly ($statistic | ConvertTo-Json -Depth 4)
            $sent | Format-TestView | Should -BeExactly ($gone | Format-TestView)
            $received | Format-List | Format-TestView | Should -BeExactly ($statistic | Format-List | Format-TestView)
            $received.Streams | Format-TestView | Should -BeExactly ($statistic.Streams | Format-TestView)
            foreach ($width in 79, 80, 119, 120) {
                foreach ($value in $export.Statistics, $statistic, $statistic.Streams, (Get-KismetDevice 00:0C:42:00:00:01).Ssids, (Get-KismetDevice 00:0C:42:00:00:01).Sensors) {
                    $lines = @(($value | Format-TestView -Width $width).Trim() -split "`n")
                    $lines[1] | Should -Match '^[- ]+$' -Because "the header is one line of $width columns"
                }
            }
        }
        finally {
            Get-KismetSession sent -ErrorAction Ignore | Stop-KismetSession -Remove -WarningAction Ignore
            Stop-Job $receiver
            Remove-Job $receiver -Force
        }
    }

    It 'of what a job of another process gives back are its own' {
        $server = [TestCaptureServer]::new([NullString]::Value, $false)
        $job = Start-Job -ArgumentList (Resolve-Path $script:ModulePath).Path, $server.Port {
            Import-Module $args[0]
            $listener = Start-TzspListener -Port 0
            foreach ($session in @(
                    $listener | Export-KismetDevice -ComputerName 127.0.0.1 -Port 9 -Protocol Udp -Name sent -WarningAction Ignore
                    $listener | Export-KismetCapture -ComputerName 127.0.0.1 -Port $args[1] -Name forwarded -WarningAction Ignore)) {
                $session.Statistics
                $session
            }
        }
        $sent, $export, $forwarded, $forward = $job | Wait-Job -Timeout 120 | Receive-Job
        Remove-Job $job -Force
        $server.Dispose()
        $sent | Should -BeOfType KismetPS.Export.KismetExportStatistic
        $sent.EndPoint | Should -Be 127.0.0.1:9
        $sent | Format-TestView | Should -Match 'Session +EndPoint +Sent +Delivered'
        $forwarded | Should -BeOfType KismetPS.Kismet.KismetCaptureExportStatistic
        $forwarded.EndPoint | Should -Be "127.0.0.1:$($server.Port)"
        $export, $forward | Format-TestView | Should -Match '(?s)Id +Name +Kind.* sent .*127.0.0.1:9.* forwarded .*127.0.0.1:'
        $export.Statistics | Format-List | Format-TestView | Should -Match '(?m)^Unconfirmed +: 0'
    }

    It 'as lists hold every property' {
        $device = Get-KismetDevice 00:0C:42:00:00:01
        $list = $device | Format-List | Format-TestView
        foreach ($name in $device.psobject.Properties.Name) { $list | Should -Match "(?m)^$name +:" }
    }

    It 'of devices from Clixml are the same' {
        Get-KismetDevice | Export-Clixml TestDrive:/v.xml
        Import-Clixml TestDrive:/v.xml | Format-TestView | Should -Be (Get-KismetDevice | Format-TestView)
    }

    It 'are coloured where the host renders it, and only there' {
        $rendering = $PSStyle.OutputRendering
        try {
            $open, $wpa2 = Get-KismetDevice 00:0C:42:00:00:01, 00:0C:42:00:00:02 | Sort-Object MacAddress
            $PSStyle.OutputRendering = 'Ansi'
            $text = $open, $wpa2 | Format-Table | Out-String -Width 120
            $text | Should -Match ([regex]::Escape("$($PSStyle.Foreground.Red)Open$($PSStyle.Reset)"))
            $text | Should -Match ([regex]::Escape("$($PSStyle.Foreground.Green)-50$($PSStyle.Reset)"))
            $text | Should -Not -Match "\e\[3\dmWpa2"
            $PSStyle.OutputRendering = 'PlainText'
            $open | Format-Table | Out-String | Should -Not -Match "\e"
            (Get-KismetNetwork | Format-Table | Out-String) | Should -Not -Match "\e"
        }
        finally { $PSStyle.OutputRendering = $rendering }
        # Redirected, as in a scheduled task: no colour either. What is piped on is no text at all.
        pwsh -NoProfile -NonInteractive -Command "Import-Module '$ModulePath'; Import-KismetCapture '$office' | Select-Object -First 5 | Format-Table" | Out-String | Should -Not -Match "\e"
        (Get-KismetDevice 00:0C:42:00:00:01).Encryption | Should -Be Open
    }

    It 'are wide with Format-Wide: <what>' -TestCases @(
        @{ what = 'devices'; script = { Get-KismetDevice }; expect = '00:0C:42:00:00:01 lab' }
        @{ what = 'networks'; script = { Get-KismetNetwork }; expect = '00:0C:42:00:00:01 lab' }
        @{ what = 'sessions'; script = { Get-KismetSession view }; expect = '^view' }
        @{ what = 'vendors'; script = { Resolve-KismetVendor 00:00:0C:00:00:01 }; expect = 'Cisco' }
    ) {
        (& $script | Format-Wide | Format-TestView).Trim() | Should -Match $expect
    }
}
