BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $devices = Import-KismetCapture (Join-Path $PSScriptRoot '../../samples/office.pcapng') -Emit Device | Sort-Object MacAddress -Unique

    # A receiver in the background that listens: the job, and the port it found.
    function Start-Receiver([hashtable] $With = @{}) {
        $job = Receive-KismetDevice -Port 0 -AsJob @With -WarningAction SilentlyContinue
        $job | Add-Member Port ([int] ($job.Location -split ':')[-1]) -PassThru
    }

    function New-TestCertificate([string] $Name = 'localhost') {
        $key = [Security.Cryptography.ECDsa]::Create([Security.Cryptography.ECCurve+NamedCurves]::nistP256)
        $request = [Security.Cryptography.X509Certificates.CertificateRequest]::new("CN=$Name", $key, 'SHA256')
        $request.CreateSelfSigned([DateTimeOffset]::UtcNow.AddDays(-1), [DateTimeOffset]::UtcNow.AddDays(1))
    }
}

Describe 'Receive-KismetDevice' {
    AfterEach {
        Get-Job | Where-Object PSJobTypeName -EQ KismetJob | Remove-Job -Force
        Stop-TestSession
    }

    It 'gets what Export-KismetDevice sends as <Format> over <Protocol>, compressed: <Compress>' -TestCases @(
        foreach ($protocol in 'Tcp', 'Tls', 'Udp') {
            foreach ($format in 'Json', 'Csv', 'Simple', 'Syslog', 'Cef', 'Gelf') {
                @{ Format = $format; Protocol = $protocol; Compress = $format -in 'Json', 'Gelf' }
            }
        }
    ) {
        $with = @{ Protocol = $Protocol; Count = $devices.Count; Duration = '60s' }
        $to = @{ ComputerName = '127.0.0.1'; Protocol = $Protocol; DataFormat = $Format; Compress = $Compress }
        if ($Protocol -eq 'Tls') {
            $with.Certificate = New-TestCertificate
            $to.SkipCertificateCheck = $true
        }

        $job = Start-Receiver $with
        $devices | Export-KismetDevice -Port $job.Port @to
        $received = @($job | Wait-Job -Timeout 60 | Receive-Job)
        $received.Count | Should -Be $devices.Count
        $received[0] | Should -BeOfType KismetPS.Tracking.KismetDevice
        $received.MacAddress | Should -Be $devices.MacAddress
        $received.SignalDbm | Should -Be $devices.SignalDbm
        $statistic = $job.Session.Statistics
        $statistic.Missing + $statistic.Repeats + $statistic.Malformed | Should -Be 0
        if ($Format -notin 'Csv', 'Simple') { $statistic.Streams[0].LastSequence | Should -Be $devices.Count }
        if ($Format -notin 'Csv', 'Simple', 'Cef') { $received.FrequencyMHz | Should -Be $devices.FrequencyMHz }
    }

    It 'streams in the foreground and ends at -Count' {
        $port = Get-TestPort
        $shell = New-TestShell
        try {
            $null = $shell.AddScript("Receive-KismetDevice -Port $port -Count 2 -Verbose")
            $running = $shell.BeginInvoke()
            Wait-TestUntil { Test-TestPort $port -Tcp } | Should -BeTrue
            $devices | Select-Object -First 2 | Export-KismetDevice -ComputerName 127.0.0.1 -Port $port -WarningAction SilentlyContinue
            $running.AsyncWaitHandle.WaitOne(60000) | Should -BeTrue
            @($shell.EndInvoke($running)).Count | Should -Be 2
            "$($shell.Streams.Verbose)" | Should -Match '2 received, 0 missing, 0 repeated, 0 not read'
        }
        finally { Remove-TestShell $shell }
    }

    It 'ends when nothing comes any more, and after a time' {
        @(Receive-KismetDevice -Port 0 -IdleTimeout 0.3).Count | Should -Be 0
        @(Receive-KismetDevice -Port 0 -Duration 0.3).Count | Should -Be 0
    }

    It 'tells of gaps, repeats and what cannot be read' {
        $job = Start-Receiver
        $client = [Net.Sockets.TcpClient]::new('127.0.0.1', $job.Port)
        $writer = [IO.StreamWriter]::new($client.GetStream())
        foreach ($n in 1, 2, 5, 5) { $writer.Write('{"type":"device","data":{"mac_addr":"AA:BB:CC:DD:EE:FF"},"sequence":' + $n + ',"stream":"s1"}' + "`n") }
        $writer.Write("rubbish`n")
        $writer.Flush()
        Wait-TestUntil { $job.Session.Statistics.Received -eq 5 } | Should -BeTrue
        $client.Dispose()
        $warnings = { @($job.ChildJobs.Warning; $job.Warning) -join "`n" }
        foreach ($text in 'Stream s1: 2 messages are missing, between 3 and 4', 'Stream s1: 1 messages came again', 'BadFormat') { Wait-TestUntil { (& $warnings) -match $text } | Should -BeTrue -Because $text }
        # What is counted is written by another thread.
        Wait-TestUntil { $job.Output.Count -ge 3 } | Should -BeTrue
        @($job | Receive-Job -WarningAction SilentlyContinue).Count | Should -Be 3
        $job.Session.Statistics.DropReasons.ToString() | Should -Be 'BadFormat=1'
        $job | Stop-Job
        $job.State | Should -Be Stopped
    }

    It 'takes devices only from who knows the token' {
        $token = [Net.NetworkCredential]::new('', 'secret').SecurePassword
        $job = Start-Receiver @{ Token = $token }
        $one = $devices | Select-Object -First 1
        $one | Export-KismetDevice -ComputerName 127.0.0.1 -Port $job.Port -Timeout 1 -ErrorVariable failure -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotDelivered,*'
        $one | Export-KismetDevice -ComputerName 127.0.0.1 -Port $job.Port -Token $token -WarningVariable told -WarningAction SilentlyContinue
        "$told" | Should -Match 'clear text'
        Wait-TestUntil { $job.Output.Count -ge 1 } | Should -BeTrue
        @($job | Receive-Job -WarningAction SilentlyContinue).Count | Should -Be 1
        $job.Session.Statistics.DropReasons.Name | Should -Contain 'BadToken'
    }

    It 'takes devices only from who shows a certificate it trusts' {
        $mine = New-TestCertificate 'sensor'
        $job = Start-Receiver @{ Protocol = 'Tls'; Certificate = (New-TestCertificate); ClientCertificate = $mine }
        $to = @{ ComputerName = '127.0.0.1'; Port = $job.Port; Protocol = 'Tls'; SkipCertificateCheck = $true }
        $one = $devices | Select-Object -First 1
        $one | Export-KismetDevice @to -Timeout 2 -ErrorVariable failure -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotDelivered,*'
        $one | Export-KismetDevice @to -Timeout 60 -Certificate $mine
        Wait-TestUntil { $job.Output.Count -ge 1 } | Should -BeTrue
        @($job | Receive-Job -WarningAction SilentlyContinue).Count | Should -Be 1
    }

    It 'reads chosen columns' {
        $job = Start-Receiver @{ Field = 'mac_addr', 'ssid', 'channel'; Count = 3; Duration = '60s' }
        $three = $devices | Select-Object -First 3
        $three | Export-KismetDevice -ComputerName 127.0.0.1 -Port $job.Port -DataFormat Csv -Field mac_addr, ssid, channel
        $received = @($job | Wait-Job -Timeout 60 | Receive-Job)
        $received.MacAddress | Should -Be $three.MacAddress
        $received.Channel | Should -Be $three.Channel
    }

    It 'refuses <what>' -TestCases @(
        @{ what = 'an address for all without a list of hosts'; with = @{ Address = '0.0.0.0' }; id = 'ArgumentInvalid' }
        @{ what = 'TLS without a certificate'; with = @{ Protocol = 'Tls' }; id = 'ArgumentInvalid' }
        @{ what = 'a field that is not known'; with = @{ Field = 'nonsense' }; id = 'ArgumentInvalid' }
        @{ what = 'an address of another machine'; with = @{ Address = '192.0.2.1'; AllowedHost = '192.0.2.0/24' }; id = 'AddressNotAvailable' }
    ) {
        { Receive-KismetDevice -Port 0 -Duration 1 @with } | Should -Throw -ErrorId "$id,*"
    }

    It 'says that a port is in use, and frees it when it is stopped' {
        $job = Start-Receiver
        { Receive-KismetDevice -Port $job.Port -Duration 1 } | Should -Throw -ErrorId 'AddressInUse,*'
        $job | Stop-Job
        @(Receive-KismetDevice -Port $job.Port -Duration 0.1).Count | Should -Be 0
    }

    It 'stops at once on Ctrl+C' {
        $port = Get-TestPort
        $ready = { Test-TestPort $port -Tcp }
        Measure-TestStop -Script "Receive-KismetDevice -Port $port" -Ready $ready | Should -BeLessThan 5000
        & $ready | Should -BeFalse
    }

    It 'opens nothing with -WhatIf' {
        $port = Get-TestPort
        Receive-KismetDevice -Port $port -WhatIf
        Test-TestPort $port -Tcp | Should -BeFalse
    }
}
