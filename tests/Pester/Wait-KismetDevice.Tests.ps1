BeforeAll { . $PSScriptRoot/Common.ps1 }

Describe 'Wait-KismetDevice' {
    BeforeEach { $listener = Start-TzspListener -Port 0 }
    AfterEach { Stop-TestSession }

    It 'gives a device that is known at once' {
        Send-TestFrame $listener.Port @(, (New-TestBeacon))
        (Wait-KismetDevice 000c.4200.0001 -Timeout 60).Ssid | Should -Be lab
        (Wait-KismetDevice -Ssid 'LA*' -Timeout 60).MacAddress | Should -Be '00:0C:42:00:00:01'
        ($listener | Wait-KismetDevice 00:0C:42:00:00:01 -Timeout 60).Ssid | Should -Be lab
    }

    It 'takes devices and networks from the pipeline, all of them' {
        Send-TestFrame $listener.Port @((New-TestBeacon), (New-TestData))
        Wait-TestUntil { @(Get-KismetDevice).Count -eq 2 } | Should -BeTrue
        @(Get-KismetDevice | Wait-KismetDevice -Timeout 60).Count | Should -Be 1
        (Get-KismetNetwork | Wait-KismetDevice -Timeout 60).Type | Should -Be AccessPoint
        # Any of them: the one that is there, though it is not the last.
        (@([pscustomobject]@{ MacAddress = '00:0C:42:00:00:01' }, [pscustomobject]@{ MacAddress = '02:00:00:00:00:01' }) | Wait-KismetDevice -Timeout 60).Ssid | Should -Be lab
    }

    It 'waits for one that comes later' {
        $shell = [powershell]::Create().AddScript({
                param($port, $message)
                Start-Sleep -Milliseconds 600
                $socket = [Net.Sockets.UdpClient]::new()
                $null = $socket.Send($message, $message.Length, '127.0.0.1', $port)
            }).AddArgument($listener.Port).AddArgument((ConvertTo-TestTzsp (New-TestBeacon)))
        $clock = [Diagnostics.Stopwatch]::StartNew()
        $null = $shell.BeginInvoke()
        (Wait-KismetDevice -MacAddress 00:0C:42:00:00:01 -Timeout 60).Type | Should -Be AccessPoint
        $clock.Elapsed.TotalSeconds | Should -BeGreaterThan 0.4
        $shell.Dispose()
    }

    It 'reports a timeout that names the device' {
        Wait-KismetDevice 02:00:00:00:00:01 -Timeout 0.2 -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        $failed.FullyQualifiedErrorId | Should -Be 'Timeout,KismetPS.PowerShell.Commands.WaitKismetDeviceCommand'
        $failed.CategoryInfo.Category | Should -Be OperationTimeout
        "$failed" | Should -Match '02:00:00:00:00:01'
    }

    It 'reports that the sessions ended before' {
        Stop-TzspListener $listener
        { Wait-KismetDevice 02:00:00:00:00:01 -Timeout 5 -ErrorAction Stop } | Should -Throw -ErrorId 'DeviceNotFound,*'
    }

    It 'says once that a session is not there' {
        Wait-KismetDevice 02:00:00:00:00:01 -Session nobody -ErrorVariable missing -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $missing.FullyQualifiedErrorId | Should -Be 'SessionNotFound,KismetPS.PowerShell.Commands.WaitKismetDeviceCommand'
    }

    It 'says that there is nothing to wait in' {
        Stop-TestSession
        { Wait-KismetDevice 02:00:00:00:00:01 -Timeout 5 } | Should -Throw -ErrorId 'SessionNotFound,*'
    }
}
