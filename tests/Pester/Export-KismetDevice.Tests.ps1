BeforeAll {
    . $PSScriptRoot/Common.ps1
    $devices = Import-KismetCapture (Join-Path $PSScriptRoot '../../samples/office.pcapng')
}

Describe 'Export-KismetDevice' {
    It 'writes <extension> that reads back as it was' -TestCases @{ extension = 'csv' }, @{ extension = 'json' }, @{ extension = 'jsonl' } {
        $devices | Export-KismetDevice "TestDrive:/d.$extension" | Should -BeNullOrEmpty
        $again = @(Import-KismetDevice "TestDrive:/d.$extension")
        $again.Count | Should -Be $devices.Count
        $again | Should -BeOfType KismetPS.Tracking.KismetDevice
        for ($i = 0; $i -lt $devices.Count; $i++) {
            foreach ($name in 'MacAddress', 'Type', 'Ssid', 'Bssid', 'Vendor', 'Channel', 'Encryption', 'SignalDbm', 'Packets', 'Bytes', 'ClientCount', 'FirstSeen', 'LastSeen', 'IsRandomized') {
                $again[$i].$name | Should -Be $devices[$i].$name -Because "$name of $($devices[$i])"
            }
        }
    }

    It 'writes a CSV that Import-Csv reads, the same columns in every row' {
        $devices | Export-KismetDevice TestDrive:/c.csv
        $rows = Import-Csv TestDrive:/c.csv
        $rows.Count | Should -Be $devices.Count
        $rows[0].psobject.Properties.Name[0..3] | Should -Be MacAddress, Type, Ssid, Bssid
        @($rows | ForEach-Object { @($_.psobject.Properties.Name).Count } | Select-Object -Unique).Count | Should -Be 1
    }

    It 'writes JSON that ConvertFrom-Json reads' {
        $devices | Export-KismetDevice TestDrive:/j.json
        $json = Get-Content TestDrive:/j.json -Raw | ConvertFrom-Json
        $json.Count | Should -Be $devices.Count
        $json[0].MacAddress | Should -Be $devices[0].MacAddress
    }

    It 'keeps names that attack a spreadsheet from being formulas' {
        $listener = Start-TzspListener -Port 0
        try {
            Send-TestFrame $listener.Port @(, (New-TestBeacon -Ssid '=cmd|calc'))
            $null = Wait-TestUntil { @(Get-KismetDevice).Count -eq 1 }
            Get-KismetDevice | Export-KismetDevice TestDrive:/evil.csv
            (Import-Csv TestDrive:/evil.csv).Ssid | Should -Not -Match '^[=+@-]'
            (Import-KismetDevice TestDrive:/evil.csv).Ssid | Should -Be '=cmd|calc'
        }
        finally { Stop-TestSession }
    }

    It 'appends to lines, and refuses to append to a JSON array' {
        $devices[0] | Export-KismetDevice TestDrive:/a.jsonl
        $devices[1] | Export-KismetDevice TestDrive:/a.jsonl -Append
        @(Import-KismetDevice TestDrive:/a.jsonl).Count | Should -Be 2
        { $devices[0] | Export-KismetDevice TestDrive:/a.json -Append } | Should -Throw -ErrorId 'ArgumentInvalid,*'
    }

    It 'takes the format as told, whatever the extension' {
        $devices[0] | Export-KismetDevice TestDrive:/x.txt -Format Csv
        (Import-KismetDevice TestDrive:/x.txt -Format Csv).MacAddress | Should -Be $devices[0].MacAddress
        { $devices[0] | Export-KismetDevice TestDrive:/y.txt } | Should -Throw -ErrorId 'ArgumentInvalid,*'
    }

    It 'keeps the file where nothing it was given is a device' {
        Set-Content TestDrive:/kept.csv 'mine'
        Get-Item $PSCommandPath | Export-KismetDevice TestDrive:/kept.csv -ErrorVariable refused -ErrorAction SilentlyContinue -WarningVariable warning -WarningAction SilentlyContinue
        $refused.FullyQualifiedErrorId | Should -BeLike 'ArgumentInvalid,*'
        $warning | Should -Not -BeNullOrEmpty
        Get-Content TestDrive:/kept.csv | Should -Be 'mine'
    }

    It 'writes networks as their access points, fresh and from Clixml' {
        $networks = Import-KismetCapture (Join-Path $PSScriptRoot '../../samples/office.pcapng') -Emit Network
        $networks | Export-KismetDevice TestDrive:/networks.csv
        $read = Import-KismetDevice TestDrive:/networks.csv
        $read.MacAddress | Should -Be $networks.Bssid
        $read.Ssid | Should -Be $networks.Ssid
        $read.Type | Select-Object -Unique | Should -Be AccessPoint
        $networks | Export-Clixml TestDrive:/networks.xml -Depth 3
        Import-Clixml TestDrive:/networks.xml | Export-KismetDevice TestDrive:/again.csv
        (Get-FileHash TestDrive:/again.csv).Hash | Should -Be (Get-FileHash TestDrive:/networks.csv).Hash
    }

    It 'rolls by size, keeps the newest and returns each file' {
        $files = $devices | Export-KismetDevice TestDrive:/roll.jsonl -MaxFileSize 4KB -PassThru
        $files.Count | Should -BeGreaterThan 3
        $files | Should -BeOfType IO.FileInfo
        ($files | ForEach-Object { Import-KismetDevice $_.FullName }).MacAddress | Should -Be $devices.MacAddress
        $kept = $devices | Export-KismetDevice TestDrive:/kept.jsonl -MaxFileSize 4KB -MaxFile 2 -PassThru
        @($kept | Where-Object { $_.Refresh(); $_.Exists }).Count | Should -Be 2
        { $devices | Export-KismetDevice TestDrive:/roll.netxml -MaxFileSize 4KB } | Should -Throw -ErrorId 'ArgumentInvalid,*'
        { $devices | Export-KismetDevice TestDrive:/roll.jsonl -MaxFileSize 4KB -Append } | Should -Throw -ErrorId 'ArgumentInvalid,*'
    }

    It 'rolls by age' {
        $files = $devices | Select-Object -First 3 | ForEach-Object { $_; Start-Sleep -Milliseconds 200 } | Export-KismetDevice TestDrive:/age.csv -MaxFileAge 0.05 -PassThru
        $files.Count | Should -Be 3
    }

    It 'writes nothing under -WhatIf, and keeps a file with -NoClobber' {
        $devices | Export-KismetDevice TestDrive:/w.csv -WhatIf
        Test-Path TestDrive:/w.csv | Should -BeFalse
        'mine' | Set-Content TestDrive:/mine.csv
        { $devices | Export-KismetDevice TestDrive:/mine.csv -NoClobber } | Should -Throw -ErrorId 'FileExists,*'
        Get-Content TestDrive:/mine.csv | Should -Be mine
    }

    It 'leaves the old file where the pipeline fails' {
        $devices[0] | Export-KismetDevice TestDrive:/old.csv
        $before = Get-Content TestDrive:/old.csv -Raw
        { $devices | ForEach-Object { if ($n++ -eq 3) { throw 'upstream' }; $_ } | Export-KismetDevice TestDrive:/old.csv } | Should -Throw 'upstream'
        Get-Content TestDrive:/old.csv -Raw | Should -Be $before
        @(Get-ChildItem $TestDrive -Filter *old.csv*).Count | Should -Be 1
    }

    It 'takes devices that come from Clixml' {
        $devices | Export-Clixml TestDrive:/d.xml -Depth 3
        Import-Clixml TestDrive:/d.xml | Export-KismetDevice TestDrive:/fromxml.jsonl
        $devices | Export-KismetDevice TestDrive:/direct.jsonl
        (Get-FileHash TestDrive:/fromxml.jsonl).Hash | Should -Be (Get-FileHash TestDrive:/direct.jsonl).Hash
    }

    It 'refuses what is no device, and a path outside the file system' {
        { 'text' | Export-KismetDevice TestDrive:/t.csv -ErrorAction Stop } | Should -Throw -ErrorId 'ArgumentInvalid,*'
        { $devices | Export-KismetDevice env:/x.csv } | Should -Throw -ErrorId 'PathNotFileSystem,*'
        { $devices | Export-KismetDevice TestDrive:/no/folder/x.csv } | Should -Throw -ErrorId 'FileNotWritable,*'
    }
}

Describe 'Export-KismetDevice to a host' {
    BeforeAll {
        function New-Receiver {
            # A port that nobody else is given while the receiver is away.
            $receiver = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, (Get-TestPort))
            $receiver.Start()
            $receiver
        }

        # Reads one connection until it ends; on a thread of its own, since the export waits for the receiver to close.
        function Start-Reading($receiver) {
            Start-ThreadJob -ArgumentList $receiver {
                param($receiver)
                $client = $receiver.AcceptTcpClient()
                $reader = [System.IO.StreamReader]::new($client.GetStream())
                while ($null -ne ($line = $reader.ReadLine())) { $line }
                $client.Dispose()
            }
        }
    }

    BeforeEach {
        $receiver = New-Receiver
        $port = $receiver.LocalEndpoint.Port
    }

    AfterEach {
        Get-KismetSession | Stop-KismetSession -Remove
        $receiver.Stop()
    }

    It 'says nothing where the receiver has all it wanted and ends first (compressed: <compress>)' -TestCases @{ compress = $false }, @{ compress = $true } {
        $job = Receive-KismetDevice -Port 0 -Count $devices.Count -AsJob
        $to = ($job.Location -split ':')[-1]
        & { $devices; $null = Wait-Job $job -Timeout 60; Start-Sleep -Milliseconds 300 } |
            Export-KismetDevice -ComputerName 127.0.0.1 -Port $to -Compress:$compress -WarningVariable warned -ErrorVariable failed -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        "$warned$failed" | Should -BeNullOrEmpty
        $job.State | Should -Be Completed
        @($job | Receive-Job).Count | Should -Be $devices.Count
        Remove-Job $job
    }

    It 'sends devices once and returns when they are read' {
        $reading = Start-Reading $receiver
        $devices | Export-KismetDevice -ComputerName 127.0.0.1 -Port $port | Should -BeNullOrEmpty
        $lines = @($reading | Receive-Job -Wait -AutoRemoveJob)
        $lines.Count | Should -Be $devices.Count
        $messages = $lines | ConvertFrom-Json
        $messages.data.mac_addr | Should -Be $devices.MacAddress
        $messages.sequence | Should -Be (1..$devices.Count)
    }

    It 'follows a session in the background and says what it did' {
        $reading = Start-Reading $receiver
        $listener = Start-TzspListener -Port 0
        $export = $listener | Export-KismetDevice -ComputerName 127.0.0.1 -Port $port -DataFormat Csv -UpdateRate 0.2 -Name siem
        $export | Should -BeOfType KismetPS.Export.KismetExport
        (Get-KismetSession siem).Kind | Should -Be Export
        Send-TestFrame $listener.Port @(, (New-TestBeacon -Ssid 'office'))
        Wait-TestUntil { $export.Statistics.Sent -ge 1 } | Should -BeTrue
        $export | Stop-KismetSession
        $export.State | Should -Be Stopped
        $export.Statistics.Delivered | Should -Be $export.Statistics.Sent
        @($reading | Receive-Job -Wait -AutoRemoveJob)[0] | Should -Match '^DEVICE,([0-9A-F]{2}:){5}[0-9A-F]{2},'
    }

    It 'sends what a Kismet server knows, as it changes' {
        $listener = Start-TzspListener -Port 0
        $server = $listener | Start-KismetServer -Port 0
        Send-TestFrame $listener.Port @(, (New-TestBeacon -Ssid 'office'))
        $null = Wait-TestUntil { @(Get-KismetDevice -Session $listener).Count -eq 1 }
        $box = Connect-KismetServer 127.0.0.1 ([int] ($server.EndPoint -split ':')[-1])
        $job = Receive-KismetDevice -Port 0 -AsJob -Duration 300
        $export = $box | Export-KismetDevice -ComputerName 127.0.0.1 -Port ([int] ($job.Location -split ':')[-1]) -Protocol Tcp -DataFormat Json -UpdateRate 0.2
        try {
            Wait-TestUntil { @($job.Output).Count -ge 1 } | Should -BeTrue -Because "$($export.Statistics) $($box.Statistics)"
            $job.Output[0].MacAddress | Should -Be '00:0C:42:00:00:01'
            $job.Output[0].Ssid | Should -Be 'office'
            Send-TestFrame $listener.Port @(, (New-TestBeacon -Bssid '00:0C:42:00:00:09' -Ssid 'lab'))
            Wait-TestUntil { @($job.Output).MacAddress -contains '00:0C:42:00:00:09' } | Should -BeTrue
            $job.Session.Statistics.Missing | Should -Be 0
        }
        finally {
            $export | Stop-KismetSession
            $job | Remove-Job -Force
        }
    }

    It 'sends networks, and devices that timed out as expired' {
        $reading = Start-Reading $receiver
        $networks = Import-KismetCapture (Join-Path $PSScriptRoot '../../samples/office.pcapng') -Emit Network | Select-Object -First 3
        $networks | Export-KismetDevice -ComputerName 127.0.0.1 -Port $port
        (@($reading | Receive-Job -Wait -AutoRemoveJob) | ConvertFrom-Json).data.mac_addr | Should -Be $networks.Bssid

        # Long enough that the device is seen before it times out, also where this machine is busy.
        $listener = Start-TzspListener -Port 0 -DeviceTimeout 3
        $job = Receive-KismetDevice -Port 0 -AsJob -IncludeExpired -Duration 300
        $export = $listener | Export-KismetDevice -ComputerName 127.0.0.1 -Port ([int] ($job.Location -split ':')[-1]) -UpdateRate 0.1
        Send-TestFrame $listener.Port @(, (New-TestBeacon -Ssid 'office'))
        Wait-TestUntil { $job.Session.Statistics.Received -ge 1 } | Should -BeTrue
        Wait-TestUntil { Send-TestFrame $listener.Port @(, (New-TestBeacon -Bssid '00:0C:42:00:00:08')); @($job.Output).Where({ $_.MacAddress -eq '00:0C:42:00:00:01' }).Count -ge 2 } | Should -BeTrue
        $export | Stop-KismetSession
        $job | Remove-Job -Force
    }

    It 'stays in the foreground with -Wait until its sessions have ended' {
        $reading = Start-Reading $receiver
        $listener = Start-TzspListener -Port 0
        Send-TestFrame $listener.Port @(, (New-TestBeacon -Ssid 'office'))
        $null = Wait-TestUntil { @(Get-KismetDevice -Session $listener).Count -eq 1 }
        # When something has arrived.
        $stopper = Start-ThreadJob -ArgumentList $listener, $reading { param($session, $reading) for ($i = 0; $i -lt 1200 -and $reading.Output.Count -eq 0; $i++) { Start-Sleep -Milliseconds 50 }; $session.StopAsync().Wait() }
        $export = $listener | Export-KismetDevice -ComputerName 127.0.0.1 -Port $port -UpdateRate 0.2 -Wait
        $export.State | Should -Be Stopped
        $export.StopReason | Should -Be EndOfInput
        $export.Statistics.Delivered | Should -Be $export.Statistics.Sent
        @($reading | Receive-Job -Wait -AutoRemoveJob).Count | Should -BeGreaterThan 0
        $stopper | Remove-Job -Force
    }

    It 'sends all devices at each look with -All' {
        $listener = Start-TzspListener -Port 0
        Send-TestFrame $listener.Port @(, (New-TestBeacon -Ssid 'office'))
        $job = Receive-KismetDevice -Port 0 -AsJob -Duration 300
        $export = $listener | Export-KismetDevice -ComputerName 127.0.0.1 -Port ([int] ($job.Location -split ':')[-1]) -UpdateRate 0.1 -All -DataFormat Simple
        Wait-TestUntil { @($job.Output).Count -ge 4 } | Should -BeTrue
        $export | Stop-KismetSession
        $job | Remove-Job -Force
    }

    It 'completes the names of fields' {
        (Get-TestCompletion 'Export-KismetDevice -ComputerName x -Field Mac').CompletionText | Should -Contain 'MacAddress'
    }

    It 'says how many were not delivered where nobody listens' {
        $receiver.Stop()
        $devices | Select-Object -First 3 | Export-KismetDevice -ComputerName 127.0.0.1 -Port $port -Timeout 3 -ErrorVariable failure -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotDelivered,*'
        $failure[0].Exception.Message | Should -BeLike '3 of 3 messages*ConnectionRefused*'
    }

    It 'goes on from a spool folder' {
        $receiver.Stop()
        $first = $devices | Select-Object -First 2
        $first | Export-KismetDevice -ComputerName 127.0.0.1 -Port $port -Timeout 1 -SpoolPath TestDrive:/spool -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $again = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, $port)
        $again.Start()
        try {
            $reading = Start-Reading $again
            $first | Export-KismetDevice -ComputerName 127.0.0.1 -Port $port -SpoolPath TestDrive:/spool
            $messages = @($reading | Receive-Job -Wait -AutoRemoveJob) | ConvertFrom-Json
        }
        finally { $again.Stop() }
        $messages.sequence | Sort-Object -Unique | Should -Be (1..4)
        @($messages.stream | Sort-Object -Unique).Count | Should -Be 1
    }

    It 'refuses <what>' -TestCases @(
        @{ what = 'a field that is not known'; with = @{ Field = 'nonsense' } }
        @{ what = 'a certificate check without TLS'; with = @{ SkipCertificateCheck = $true } }
        @{ what = 'a token over UDP'; with = @{ Protocol = 'Udp'; Token = (ConvertTo-SecureString x -AsPlainText) } }
    ) {
        { $devices | Export-KismetDevice -ComputerName 127.0.0.1 -Port $port @with -ErrorAction Stop } | Should -Throw -ErrorId 'ArgumentInvalid,*'
    }

    It 'connects to nothing with -WhatIf' {
        $devices | Export-KismetDevice -ComputerName 127.0.0.1 -Port $port -WhatIf
        $receiver.Pending() | Should -BeFalse
    }
}
