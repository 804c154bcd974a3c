BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $script:Script = Resolve-Path (Join-Path $PSScriptRoot '../../samples/receivers/receiver.ps1')
    $devices = Import-KismetCapture (Join-Path $PSScriptRoot '../../samples/office.pcapng') -Emit Device | Sort-Object MacAddress -Unique

    # The sample as a user starts it, in a shell of its own: the shell, what it wrote, and its port.
    function Start-Sample([string] $Protocol, [long] $Count) {
        $shell = [powershell]::Create()
        $null = $shell.AddCommand($script:Script.Path).AddParameters(@{ Protocol = $Protocol; Port = 0; Count = $Count; Verbose = $true })
        $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $nothing = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $nothing.Complete()
        $run = $shell.BeginInvoke($nothing, $output)
        if (-not (Wait-TestUntil { $shell.Streams.Verbose.Count -gt 0 })) { throw "It does not listen: $($shell.Streams.Error)" }
        [pscustomobject]@{ Shell = $shell; Run = $run; Output = $output; Port = [int] ($shell.Streams.Verbose[0].Message -split ' ')[-1] }
    }

    function Wait-Sample($Sample) {
        $Sample.Run.AsyncWaitHandle.WaitOne(60000) | Should -BeTrue -Because "$($Sample.Output.Count) came: $($Sample.Shell.Streams.Warning)"
        $Sample.Shell.EndInvoke($Sample.Run)
    }
}

Describe 'samples/receivers/receiver.ps1' {
    AfterEach {
        if ($sample) { Remove-TestShell $sample.Shell }
        Stop-TestSession
    }

    It 'reads <Format> over <Protocol>' -TestCases @(
        foreach ($protocol in 'Tcp', 'Udp') { foreach ($format in 'Json', 'Csv', 'Simple') { @{ Protocol = $protocol; Format = $format } } }
    ) {
        $sample = Start-Sample $Protocol $devices.Count
        $devices | Export-KismetDevice -ComputerName 127.0.0.1 -Port $sample.Port -Protocol $Protocol -DataFormat $Format -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        Wait-Sample $sample
        @($sample.Output).MacAddress | Should -Be $devices.MacAddress
        @($sample.Output).SignalDbm | Should -Be $devices.SignalDbm
        $sample.Shell.Streams.Warning | Should -BeNullOrEmpty
        if ($Format -eq 'Json') { @($sample.Output).Sequence | Should -Be (1..$devices.Count) }
    }

    It 'puts pieces together, also in the middle of a character, and tells gaps, repeats and rubbish' {
        $sample = Start-Sample 'Tcp' 4
        $name = "`u{65E5}`u{672C}"
        $text = foreach ($n in 1, 2, 5, 5) { '{"type":"device","data":{"mac_addr":"AA:BB:CC:DD:EE:FF","ssid":"' + $name + '"},"sequence":' + $n + ',"stream":"s1"}' }
        $bytes = [Text.Encoding]::UTF8.GetBytes((@($text[0..2]) + 'rubbish' + $text[3] -join "`n") + "`n")
        $client = [Net.Sockets.TcpClient]::new('127.0.0.1', $sample.Port)
        $client.NoDelay = $true
        for ($i = 0; $i -lt $bytes.Length; $i += 7) {
            $client.GetStream().Write($bytes, $i, [Math]::Min(7, $bytes.Length - $i))
        }
        Wait-Sample $sample
        $client.Dispose()
        $sample.Output.Data.ssid | Should -Be $name, $name, $name, $name
        "$($sample.Shell.Streams.Warning)" | Should -Be 'gap: 3 to 4 not read: rubbish repeat or late: 5 after 5'
    }

    It 'frees the port when it is stopped' {
        $sample = Start-Sample 'Tcp' 0
        $sample.Shell.Stop()
        Test-TestPort $sample.Port -Tcp | Should -BeFalse
    }
}
