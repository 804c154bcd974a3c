BeforeAll {
    . $PSScriptRoot/Common.ps1

    # A server of 2016 that greets, answers CAPABILITY and ENABLE, and knows one network. It serves one client on a thread of its own.
    Add-Type -IgnoreWarnings -TypeDefinition @'
using System; using System.IO; using System.Net; using System.Net.Sockets; using System.Text; using System.Threading;
public sealed class PesterKismet : IDisposable {
    readonly TcpListener l = new TcpListener(IPAddress.Loopback, 0); TcpClient c;
    public int Port;
    public PesterKismet() { l.Start(); Port = ((IPEndPoint)l.LocalEndpoint).Port; new Thread(Run) { IsBackground = true }.Start(); }
    public void Dispose() { l.Stop(); if (c != null) c.Close(); }
    void Run() { try { while (true) { c = l.AcceptTcpClient(); try { Serve(c.GetStream()); } catch (Exception) { } } } catch (Exception) { } }
    void Serve(Stream s) {
        Put(s, "*KISMET: 0.0.0 1795247577 \u0001lab\u0001 \u0001\u0001 0 \n*PROTOCOLS: BSSID,SSID,SOURCE,ALERT\n");
        var r = new StreamReader(s, Encoding.Latin1); string line;
        while ((line = r.ReadLine()) != null) {
            var w = line.Split(' '); string id = w[0].Substring(1), ack = "*ACK: " + id + " \u0001OK\u0001 \n";
            if (w[1] == "CAPABILITY") Put(s, "*CAPABILITY: " + w[2] + " " + (w[2] == "BSSID" ? "bssid,type,channel,firsttime,lasttime" : w[2] == "SSID" ? "mac,checksum,type,ssid,cryptset" : w[2] == "ALERT" ? "sec,usec,header,bssid,source,dest,other,channel,text" : "interface,uuid") + "\n" + ack);
            else if (w[1] == "ENABLE" && w[2] == "BSSID") Put(s, "*BSSID: 00:0C:41:82:B2:55 0 6 1795247577 1795247600 \n" + ack);
            else if (w[1] == "ENABLE" && w[2] == "SSID") Put(s, "*SSID: 00:0C:41:82:B2:55 7 0 \u0001lab net\u0001 2097858 \n" + ack);
            else if (w[1] == "ENABLE" && w[2] == "ALERT") Put(s, "*ALERT: 1795247590 7 NETSTUMBLER 00:0C:41:82:B2:55 00:0C:41:00:00:01 FF:FF:FF:FF:FF:FF 00:00:00:00:00:00 6 \u0001Netstumbler probe\u0001 \n" + ack);
            else if (w[1] == "ENABLE") Put(s, "*SOURCE: 435f77cc-e581-11f1-8735-3605de248d0e wlan0 \n" + ack);
            else if (w[1] == "BAD") Put(s, "*ERROR: " + id + " \u0001NO SUCH COMMAND\u0001 \n");
            else Put(s, ack);
        }
    }
    static void Put(Stream s, string t) { var b = Encoding.Latin1.GetBytes(t); s.Write(b, 0, b.Length); }
}
'@
    $server = [PesterKismet]::new()
    $connection = Connect-KismetServer 127.0.0.1 -Port $server.Port -Name lab
}

AfterAll {
    Stop-TestSession
    $server.Dispose()
}

Describe 'Connect-KismetServer' {
    It 'shows what the server knows as if it were heard here' {
        $connection | Should -BeOfType KismetPS.Kismet.KismetConnection
        $network = Get-KismetNetwork -Session lab
        $network.Ssid | Should -Be 'lab net'
        $network.Channel | Should -Be 6
        "$($network.Encryption)" | Should -Be 'Wpa2'
        (Get-KismetDevice -Session lab).Type | Should -Be AccessPoint
    }

    It 'says what the server is and gives its sources' {
        (Get-KismetServerInfo -Session lab).ServerName | Should -Be lab
        (Get-KismetSource).Interface | Should -Be wlan0
        Get-KismetSource | Set-KismetSource -Channel 6
    }

    It 'sends commands, and a refusal is an error in the words of the server' {
        (Send-KismetCommand PAUSE -Session lab).Text | Should -Be OK
        Send-KismetCommand BAD -Session lab -ErrorVariable refused -ErrorAction SilentlyContinue
        $refused.FullyQualifiedErrorId | Should -BeLike 'CommandRefused,*'
        "$refused" | Should -Be 'NO SUCH COMMAND'
    }

    It 'streams <emit> and ends with the pipeline' -TestCases @(
        @{ emit = 'Device'; type = 'KismetPS.Tracking.KismetDevice' }, @{ emit = 'Network'; type = 'KismetPS.Tracking.KismetNetwork' }
        @{ emit = 'Alert'; type = 'KismetPS.Tracking.KismetAlert' }, @{ emit = 'Sentence'; type = 'KismetPS.Kismet.KismetSentence' }
    ) {
        $server = [PesterKismet]::new()
        try {
            Connect-KismetServer 127.0.0.1 -Port $server.Port -Name stream -Emit $emit -Count 1 -Duration 60s | Should -BeOfType $type
            Get-KismetSession -Name stream -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        }
        finally { $server.Dispose() }
    }

    It 'gives sentences with typed values by field name' {
        $server = [PesterKismet]::new()
        try {
            # Until the sentence that is looked at has come.
            $said = [Collections.Generic.List[object]]::new()
            $null = Connect-KismetServer 127.0.0.1 -Port $server.Port -Emit Sentence -Duration 60s | ForEach-Object { $said.Add($_); $_ } | Where-Object Name -EQ SSID | Select-Object -First 1
            $said[0].Name, "$($said[0].Era)", $said[0].Fields.servername | Should -Be KISMET, Newcore, lab
            $ssid = $said | Where-Object Name -EQ SSID
            $ssid.Fields.ssid, $ssid.Fields.cryptset, $ssid.Fields.mac | Should -Be 'lab net', 2097858, '00:0C:41:82:B2:55'
            $ssid.Raw | Should -BeLike '*SSID: *\x01lab net\x01*'
            $ssid.SessionId | Should -BeGreaterThan 0
        }
        finally { $server.Dispose() }
    }

    It 'stops at the idle time, and when the pipeline has enough' {
        $server = [PesterKismet]::new()
        try {
            @(Connect-KismetServer 127.0.0.1 -Port $server.Port -Emit Device -IdleTimeout 3s).MacAddress | Should -Be '00:0C:41:82:B2:55'
            Connect-KismetServer 127.0.0.1 -Port $server.Port -Emit Sentence | Select-Object -First 2 -ExpandProperty Name | Should -Be KISMET, PROTOCOLS
            Get-KismetSession | Where-Object Name -NE lab | Should -BeNullOrEmpty
        }
        finally { $server.Dispose() }
    }

    It 'is a job with -AsJob' {
        $server = [PesterKismet]::new()
        try {
            $job = Connect-KismetServer 127.0.0.1 -Port $server.Port -Name work -AsJob -Emit Network -Count 1
            $job.Session.Kind, $job.Session.ComputerName | Should -Be Connection, '127.0.0.1'
            ($job | Wait-Job -Timeout 60 | Receive-Job).Ssid | Should -Be 'lab net'
            Remove-Job $job
            Get-KismetSession | Where-Object Name -EQ work | Should -BeNullOrEmpty
        }
        finally { $server.Dispose() }
    }

    It 'ends a job with an error when the server goes away under -NoReconnect' {
        $server = [PesterKismet]::new()
        $job = Connect-KismetServer 127.0.0.1 -Port $server.Port -AsJob -NoReconnect
        $null = Wait-TestUntil { $job.Output.Count -gt 0 }
        $server.Dispose()
        $null = $job | Wait-Job -Timeout 60
        $job.State | Should -Be Failed
        Receive-Job $job -ErrorVariable lost -ErrorAction SilentlyContinue | Should -Not -BeNullOrEmpty
        $lost.FullyQualifiedErrorId | Should -BeLike 'ConnectionLost*'
        Remove-Job $job
    }

    It 'refuses what a server does not tell, and bounds without a stream' {
        { Connect-KismetServer 127.0.0.1 -Port 1 -Emit Frame } | Should -Throw -ErrorId 'ArgumentInvalid,*'
        { Connect-KismetServer 127.0.0.1 -Port 1 -Emit Packet } | Should -Throw -ErrorId 'ArgumentInvalid,*'
        { Connect-KismetServer 127.0.0.1 -Port 1 -Emit Sentence -Protocol Rest } | Should -Throw -ErrorId 'ArgumentInvalid,*'
        { Connect-KismetServer 127.0.0.1 -Port 1 -Count 3 } | Should -Throw -ErrorId 'ArgumentInvalid,*'
        { Start-TzspListener -Port 0 -Emit Sentence } | Should -Throw -ErrorId 'ArgumentInvalid,*'
        { Import-KismetCapture x.pcap -Emit Sentence } | Should -Throw -ErrorId 'ArgumentInvalid,*'
    }

    It 'opens nothing with -WhatIf, and says what fails' {
        Connect-KismetServer 127.0.0.1 -Port 1 -WhatIf | Should -BeNullOrEmpty
        { Connect-KismetServer 127.0.0.1 -Port 1 -ErrorAction Stop } | Should -Throw -ErrorId 'ConnectionRefused,*'
    }

    It 'is ended by Disconnect-KismetServer and stays readable' {
        Disconnect-KismetServer -Name lab
        $connection.State | Should -Be Stopped
        (Get-KismetNetwork -Session lab).IsStale | Should -BeTrue
    }
}

Describe 'A connection in pipelines' {
    BeforeAll {
        $listener = Start-TzspListener -Port 0
        $box = $listener | Start-KismetServer -Port 0
        Send-TestFrame $listener.Port @((New-TestBeacon -Wpa2), (New-TestBeacon -Bssid 00:0C:42:00:00:02 -Ssid roof -Channel 11), (New-TestData), (New-TestProbe))
        $null = Wait-TestUntil { (Get-KismetStatistic -Session $listener).Decoded -eq 4 }
        # The server looks once a second: two networks and two clients.
        $null = Wait-TestUntil { (Get-KismetStatistic -Session $box).Devices -eq 4 }
        $here = Get-KismetDevice -Session $listener | Sort-Object MacAddress
    }

    AfterEach { Get-KismetSession -Name far -ErrorAction SilentlyContinue | Stop-KismetSession -Remove }

    It 'gives its networks to Get-KismetNetwork' {
        $networks = Connect-KismetServer 127.0.0.1 $box.Port -Name far | Get-KismetNetwork | Sort-Object Bssid
        $networks.Ssid | Should -Be lab, roof
        $networks.Channel | Should -Be 6, 11
        "$($networks[0].Encryption)" | Should -Be Wpa2
    }

    It 'gives changes to Watch-KismetDevice, existing ones and new ones' {
        $changes = Connect-KismetServer 127.0.0.1 $box.Port -Name far | Watch-KismetDevice -Existing -Count $here.Count -Duration 60s
        ($changes.Device | Sort-Object MacAddress).MacAddress | Should -Be $here.MacAddress
        $shell = New-TestShell
        try {
            $null = $shell.AddScript("Connect-KismetServer 127.0.0.1 $($box.Port) | Watch-KismetDevice 00:0C:42:00:00:03 -Count 1 -Duration 60s")
            $watch = $shell.BeginInvoke()
            $null = Wait-TestUntil { @($box | Get-KismetServerClient).Count -gt 1 }
            $null = Wait-TestUntil { Send-TestFrame $listener.Port @(, (New-TestBeacon -Bssid 00:0C:42:00:00:03 -Ssid late)); $watch.AsyncWaitHandle.WaitOne(300) }
            $new = $shell.EndInvoke($watch)
            $new.Device.Ssid | Should -Be late
        }
        finally { Remove-TestShell $shell }
    }

    It 'lets Wait-KismetDevice wait for a device of its' {
        $found = Connect-KismetServer 127.0.0.1 $box.Port -Name far | Wait-KismetDevice -MacAddress 00:0C:42:00:00:02 -Timeout 60
        $found.Ssid | Should -Be roof
        $found.SessionId | Should -Be (Get-KismetSession far).Id
    }

    It 'fills Export-Csv, one row for each device with all columns' {
        $path = Join-Path $TestDrive far.csv
        Connect-KismetServer 127.0.0.1 $box.Port -Name far | Get-KismetDevice | Export-Csv $path
        $rows = Import-Csv $path
        foreach ($device in $here) { $rows.MacAddress | Should -Contain $device.MacAddress }
        ($rows | Where-Object MacAddress -EQ 00:0C:42:00:00:01).Ssid | Should -Be lab
        $rows[0].psobject.Properties.Name | Should -Be (Get-KismetDevice -First 1).psobject.Properties.Name
    }

    It 'is exported by Export-KismetDevice, to a file and over the network' {
        $path = Join-Path $TestDrive far.json
        Connect-KismetServer 127.0.0.1 $box.Port -Name far | Get-KismetDevice | Export-KismetDevice $path
        $again = Import-KismetDevice $path
        foreach ($device in $here) { $again.MacAddress | Should -Contain $device.MacAddress }

        $receiver = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $receiver.Start()
        $export = Get-KismetSession far | Export-KismetDevice -ComputerName 127.0.0.1 -Port $receiver.LocalEndpoint.Port
        $taken = $receiver.AcceptTcpClient()
        $taken.ReceiveTimeout = 60000
        $reader = [IO.StreamReader]::new($taken.GetStream())
        # Until all have come; one that changes meanwhile comes again.
        $addresses = [Collections.Generic.SortedSet[string]]::new()
        while ($addresses.Count -lt $again.Count -and ($line = $reader.ReadLine())) { $null = $addresses.Add(($line | ConvertFrom-Json).data.mac_addr) }
        $addresses | Sort-Object | Should -Be ($again.MacAddress | Sort-Object)
        $export | Stop-KismetSession
        $taken.Dispose()
        $receiver.Stop()
    }

    It 'is served on by Start-KismetServer' {
        $relay = Connect-KismetServer 127.0.0.1 $box.Port -Name far | Start-KismetServer -Port 0
        (Connect-KismetServer 127.0.0.1 $relay.Port -Name further | Get-KismetNetwork | Sort-Object Bssid).Ssid | Select-Object -First 2 | Should -Be lab, roof
        Get-KismetSession further | Stop-KismetSession -Remove
        $relay | Stop-KismetServer
    }

    It 'keeps devices, stale, and warns once when the server goes away' {
        $short = $listener | Start-KismetServer -Port 0
        $far = Connect-KismetServer 127.0.0.1 $short.Port -Name far
        $known = @(Get-KismetDevice -Session far).Count
        $short | Stop-KismetServer
        Wait-TestUntil { -not $far.Server.IsConnected } | Should -BeTrue

        # Long enough for two more attempts to connect.
        Start-Sleep -Seconds 4
        $devices = Get-KismetDevice -Session far -WarningVariable +told -WarningAction SilentlyContinue
        $devices.IsStale | Select-Object -Unique | Should -BeTrue
        @(Get-KismetDevice -Session far -WarningVariable +told -WarningAction SilentlyContinue).Count | Should -Be $known
        $told | Should -HaveCount 1
        "$told" | Should -Match 'trying again'
    }
}
