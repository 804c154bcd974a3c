BeforeDiscovery {
    # Whether this machine lets us capture from its loopback: libpcap is installed and we have the rights.
    . $PSScriptRoot/Common.ps1
    $why = try { Stop-KismetSession (Start-KismetCapture lo) -Remove; $null } catch { "$_" }
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $missing = $false
    try { $null = Get-KismetInterface } catch { $missing = $_.FullyQualifiedErrorId -like 'PcapLibraryMissing*' }
}

Describe 'Start-KismetCapture' {
    AfterEach { Stop-TestSession }

    It 'reports an interface that is not there, or the missing library' {
        $expected = if ($missing) { 'PcapLibraryMissing,*' } else { 'InterfaceNotFound,*' }
        { Start-KismetCapture no-such-interface } | Should -Throw -ErrorId $expected
        Get-KismetSession | Should -BeNullOrEmpty
    }

    It 'opens nothing under -WhatIf' {
        Start-KismetCapture no-such-interface -WhatIf | Should -BeNullOrEmpty
        Start-KismetCapture no-such-interface -Emit Frame -WhatIf | Should -BeNullOrEmpty
    }

    It 'takes an interface from Get-KismetInterface, or its name, from the pipeline' -Skip:($null -ne $why) {
        $capture = Get-KismetInterface lo | Start-KismetCapture
        $capture.EndPoint | Should -Match '^lo\b'
        $capture.Name | Should -Be lo
        ('lo' | Start-KismetCapture -Name other).EndPoint | Should -Match '^lo\b'
        $rows = [pscustomobject]@{ Interface = 'lo'; Name = 'from a table' } | Start-KismetCapture
        $rows.Name | Should -Be 'from a table'
    }

    It 'demands an interface instead of asking' { (Get-Command Start-KismetCapture).Parameters['Interface'].Attributes.Mandatory | Should -Contain $true }

    # The loopback gives IP packets, so what is heard there is TZSP on its way to somebody else: a mirror port.
    Context 'on the loopback' -Skip:($null -ne $why) {
        BeforeEach {
            $port = Get-TestPort
            # Somebody has to listen, else the kernel refuses the second datagram.
            $receiver = [Net.Sockets.UdpClient]::new([Net.IPEndPoint]::new([Net.IPAddress]::Loopback, $port))
        }
        AfterEach { $receiver.Dispose() }

        It 'tracks what passes by, and stops' {
            $capture = Start-KismetCapture lo -Port $port -Filter "udp port $port"
            $capture | Should -BeOfType KismetPS.Tracking.KismetCapture
            $capture.State | Should -Be Running
            Send-TestFrame $port @((New-TestBeacon), (New-TestData))
            Wait-TestUntil { @(Get-KismetDevice).Count -eq 2 } | Should -BeTrue
            (Get-KismetDevice 00:0C:42:00:00:01).Ssid | Should -Be lab
            Stop-KismetCapture $capture
            $capture.State | Should -Be Stopped
            $best = 1..3 | ForEach-Object { $again = Start-KismetCapture lo -Name "again$_" -Port $port -Filter "udp port $port"; (Measure-Command { Stop-KismetCapture $again }).TotalMilliseconds } | Sort-Object | Select-Object -First 1
            $best | Should -BeLessThan 1500
        }

        It 'emits <emit>' -TestCases @(
            @{ emit = 'Packet'; type = 'KismetPS.Capture.Tzsp.TzspPacket' }, @{ emit = 'Frame'; type = 'KismetPS.Tracking.KismetFrame' }
        ) {
            $load = Start-TestLoad -Port $port -Message @(, (ConvertTo-TestTzsp (New-TestBeacon)))
            try { Start-KismetCapture lo -Port $port -Filter "udp port $port" -Emit $emit | Select-Object -First 3 | Should -BeOfType $type }
            finally { Stop-TestLoad $load }
            Get-KismetSession | Should -BeNullOrEmpty
        }

        It 'reports a filter that does not compile, and an interface without channels' {
            { Start-KismetCapture lo -Filter 'nonsense ((' } | Should -Throw -ErrorId 'FilterInvalid,KismetPS.PowerShell.Commands.StartKismetCaptureCommand'
            { Start-KismetCapture lo -Channel 6 } | Should -Throw -ErrorId 'InterfaceNotCapable,*'
        }
    }
}
