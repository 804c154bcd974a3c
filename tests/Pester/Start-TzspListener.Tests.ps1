BeforeAll { . $PSScriptRoot/Common.ps1 }

Describe 'Start-TzspListener' {
    AfterEach { Stop-TestSession }

    Context 'as a session' {
        It 'returns a running listener and the prompt' {
            $listener = Start-TzspListener -Port 0 -Name lab
            $listener | Should -BeOfType KismetPS.Tracking.TzspListener
            $listener.State | Should -Be Running
            $listener.Name | Should -Be lab
            $listener.Port | Should -BeGreaterThan 0
            (Get-KismetSession).Id | Should -Be $listener.Id
        }

        It 'turns datagrams into devices' {
            $listener = Start-TzspListener -Port 0
            Send-TestFrame $listener.Port @((New-TestBeacon), (New-TestData), (New-TestProbe -Ssid home))
            Wait-TestUntil { @(Get-KismetDevice).Count -eq 3 } | Should -BeTrue
            $ap = Get-KismetDevice 00:0C:42:00:00:01
            $ap.Type | Should -Be AccessPoint
            $ap.Ssid | Should -Be lab
            $ap.Channel | Should -Be 6
            $ap.SignalDbm | Should -Be -50
            $ap.ClientCount | Should -Be 1
            (Get-KismetDevice 3C:5A:B4:00:00:02).Bssid | Should -Be '00:0C:42:00:00:01'
            "$((Get-KismetDevice -Type Probe).ProbedSsids)" | Should -Be home
        }

        It 'takes its parameters from objects' {
            $listeners = [pscustomobject]@{ Port = 0; Name = 'a' }, [pscustomobject]@{ Port = 0; Name = 'b' } | Start-TzspListener
            $listeners.Name | Should -Be a, b
            $listeners[0].Port | Should -Not -Be $listeners[1].Port
        }

        It 'accepts only the sensors allowed' {
            $listener = Start-TzspListener -Port 0 -Sensor 10.0.0.5, 10.1.2.3/16
            Send-TestFrame $listener.Port @(, (New-TestBeacon))
            Wait-TestUntil { (Get-KismetStatistic).Dropped -eq 1 } | Should -BeTrue
            "$((Get-KismetStatistic).DropReasons)" | Should -Be 'SensorNotAllowed=1'
            Stop-TzspListener $listener
            $listener = Start-TzspListener -Port 0 -Sensor 127.0.0.0/8
            Send-TestFrame $listener.Port @(, (New-TestBeacon))
            Wait-TestUntil { @(Get-KismetDevice -Session $listener).Count -eq 1 } | Should -BeTrue
        }

        It 'writes a capture that holds what was heard' {
            $listener = Start-TzspListener -Port 0 -CapturePath TestDrive:/heard.pcapng
            Send-TestFrame $listener.Port @((New-TestBeacon), (New-TestData))
            Wait-TestUntil { (Get-KismetStatistic).Decoded -eq 2 } | Should -BeTrue
            Stop-TzspListener $listener
            @(Import-KismetCapture TestDrive:/heard.pcapng).MacAddress | Sort-Object | Should -Be '00:0C:42:00:00:01', '3C:5A:B4:00:00:02'
        }

        It 'drops devices not heard for the time given' {
            # Long enough that the device is seen before it is dropped, also where this machine is busy.
            $listener = Start-TzspListener -Port 0 -DeviceTimeout 3s
            Send-TestFrame $listener.Port @(, (New-TestBeacon))
            Wait-TestUntil { @(Get-KismetDevice).Count -eq 1 } | Should -BeTrue
            Wait-TestUntil { @(Get-KismetDevice).Count -eq 0 } | Should -BeTrue
        }

        It 'keeps no more devices than it may' {
            $listener = Start-TzspListener -Port 0 -MaxDevice 64
            Send-TestFrame $listener.Port @(0..199 | ForEach-Object { , (New-TestProbe -Client ('3C:5A:B4:00:01:{0:X2}' -f $_)) })
            Wait-TestUntil { (Get-KismetStatistic).Decoded -eq 200 } | Should -BeTrue
            @(Get-KismetDevice).Count | Should -BeLessOrEqual 64
            (Get-KismetStatistic).Evicted | Should -BeGreaterOrEqual 136
        }

        It 'counts noise and stays up' {
            $listener = Start-TzspListener -Port 0
            $random = [Random]::new(7)
            Send-TestMessage $listener.Port @(1..200 | ForEach-Object { $b = [byte[]]::new($random.Next(1, 80)); $random.NextBytes($b); , $b })
            Send-TestFrame $listener.Port @(, (New-TestBeacon))
            Wait-TestUntil { @(Get-KismetDevice -MacAddress 00:0C:42:00:00:01 -ErrorAction Ignore).Count -eq 1 } | Should -BeTrue
            $listener.State | Should -Be Running
            Wait-TestUntil { (Get-KismetStatistic).Received -eq 201 } | Should -BeTrue
            $statistic = Get-KismetStatistic
            $statistic.Dropped | Should -BeGreaterThan 0
            ($statistic.DropReasons | Measure-Object Count -Sum).Sum | Should -Be $statistic.Dropped
        }
    }

    Context 'errors' {
        It 'says that the port is in use, at once and with advice' {
            $listener = Start-TzspListener -Port 0
            { Start-TzspListener -Port $listener.Port } | Should -Throw -ErrorId 'AddressInUse,KismetPS.PowerShell.Commands.StartTzspListenerCommand'
            try { Start-TzspListener -Port $listener.Port } catch { $record = $_ }
            $record.CategoryInfo.Category | Should -Be ResourceBusy
            $record.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
            $record.TargetObject | Should -Not -BeNullOrEmpty
            @(Get-KismetSession).Count | Should -Be 1
        }

        It 'refuses an address of another machine' {
            { Start-TzspListener -Port 0 -Address 192.0.2.1 } | Should -Throw -ErrorId 'AddressNotAvailable,*'
        }

        It 'refuses a name that is taken' {
            $null = Start-TzspListener -Port 0 -Name twin
            { Start-TzspListener -Port 0 -Name TWIN } | Should -Throw -ErrorId 'SessionNameInUse,*'
        }

        It 'refuses <text> as a sensor' -TestCases @{ text = 'router' }, @{ text = '10.0.0.0/33' }, @{ text = '1.2.3.4/a' } {
            { Start-TzspListener -Port 0 -Sensor $text } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
        }

        It 'refuses a capture outside the file system and binds nothing' {
            { Start-TzspListener -Port 0 -CapturePath env:/x } | Should -Throw -ErrorId 'PathNotFileSystem,*'
            Get-KismetSession | Should -BeNullOrEmpty
        }

        It 'releases the port where the capture file cannot be written' {
            $port = Get-TestPort
            { Start-TzspListener -Port $port -CapturePath TestDrive:/no/such/folder/x.pcapng } | Should -Throw -ErrorId 'FileNotWritable,*'
            Test-TestPort $port | Should -BeFalse
        }

        It 'says that a bound needs a stream (<bound>)' -TestCases @(
            @{ bound = 'Count'; with = @{ Count = 5 } }, @{ bound = 'Duration'; with = @{ Duration = 5 } }, @{ bound = 'IdleTimeout'; with = @{ IdleTimeout = 5 } }
        ) {
            { Start-TzspListener -Port 0 @with } | Should -Throw -ErrorId 'ArgumentInvalid,KismetPS.PowerShell.Commands.StartTzspListenerCommand' -ExpectedMessage "-$bound *-Emit*-AsJob*"
            Get-KismetSession | Should -BeNullOrEmpty
        }

        It 'says what a duration looks like where a comma makes a list of it' {
            { Start-TzspListener -Port 0 -Emit Frame -Duration 1,5 } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*' -ExpectedMessage "*'1,5' is no duration*"
        }

        It 'says that a file is a folder' {
            { Start-TzspListener -Port 0 -CapturePath $TestDrive } | Should -Throw -ErrorId 'FileNotWritable,*' -ExpectedMessage '*it is a folder.'
        }

        It 'refuses a port that is none' { { Start-TzspListener -Port 65536 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*' }
    }

    Context '-WhatIf' {
        It 'binds nothing in any set' {
            $port = Get-TestPort
            Start-TzspListener -Port $port -WhatIf | Should -BeNullOrEmpty
            Start-TzspListener -Port $port -Emit Device -Duration 1 -WhatIf | Should -BeNullOrEmpty
            Start-TzspListener -Port $port -AsJob -CapturePath TestDrive:/what.pcapng -WhatIf | Should -BeNullOrEmpty
            Test-TestPort $port | Should -BeFalse
            Get-KismetSession | Should -BeNullOrEmpty
            Test-Path TestDrive:/what.pcapng | Should -BeFalse
        }
    }

    Context '-Emit' {
        BeforeEach {
            $port = Get-TestPort
            $messages = @((New-TestBeacon), (New-TestBeacon -Bssid 00:0C:42:00:00:02 -Ssid two -Wpa2), (New-TestData)) | ForEach-Object { , (ConvertTo-TestTzsp $_) }
            $load = Start-TestLoad -Port $port -Message $messages
        }
        AfterEach { Stop-TestLoad $load }

        It 'streams <emit> objects of one type' -TestCases @(
            @{ emit = 'Device'; type = 'KismetPS.Tracking.KismetDevice' }
            @{ emit = 'Network'; type = 'KismetPS.Tracking.KismetNetwork' }
            @{ emit = 'Frame'; type = 'KismetPS.Tracking.KismetFrame' }
            @{ emit = 'Packet'; type = 'KismetPS.Capture.Tzsp.TzspPacket' }
        ) {
            $objects = @(Start-TzspListener -Port $port -Emit $emit -Count 4 -UpdateInterval 100ms)
            $objects.Count | Should -Be 4
            $objects | Should -BeOfType $type
            Test-TestPort $port | Should -BeFalse
            Get-KismetSession | Should -BeNullOrEmpty
        }

        It 'writes a device at most once per interval' {
            $devices = @(Start-TzspListener -Port $port -Emit Device -Duration 1.9 -UpdateInterval 1)
            ($devices | Group-Object MacAddress | Measure-Object Count -Maximum).Maximum | Should -BeLessOrEqual 4
            ($devices | Group-Object MacAddress).Count | Should -Be 3
        }

        It 'ends after the duration' {
            $best = Measure-TestBest { $null = Start-TzspListener -Port $port -Emit Frame -Duration 00:00:01 } -Limit 3000 -Most 5
            $best | Should -BeGreaterThan 900
            $best | Should -BeLessThan 3000
        }

        It 'releases the socket after Select-Object -First' {
            $first = Start-TzspListener -Port $port -Emit Device | Select-Object -First 1
            $first | Should -BeOfType KismetPS.Tracking.KismetDevice
            Test-TestPort $port | Should -BeFalse
            Get-KismetSession | Should -BeNullOrEmpty
        }

        It 'releases the socket after an error downstream' {
            { Start-TzspListener -Port $port -Emit Frame | ForEach-Object { throw 'downstream' } } | Should -Throw 'downstream'
            Test-TestPort $port | Should -BeFalse
        }

        It 'writes from the pipeline to a CSV with the same columns in every row' {
            Start-TzspListener -Port $port -Emit Device -Count 6 -UpdateInterval 50ms | Export-Csv TestDrive:/devices.csv
            $rows = @(Import-Csv TestDrive:/devices.csv)
            $rows.Count | Should -Be 6
            @($rows | ForEach-Object { $_.psobject.Properties.Name -join ',' } | Select-Object -Unique).Count | Should -Be 1
            $rows[0].psobject.Properties.Name | Should -Contain SignalDbm
            $rows.MacAddress | Should -Not -Contain ''
        }

        It 'says what it dropped in the verbose stream' {
            $verbose = Start-TzspListener -Port $port -Emit Alert -Duration 300ms -Verbose 4>&1
            "$verbose" | Should -Match 'received.*dropped by the kernel'
        }

        It 'stops within 500 ms under load (<emit>)' -TestCases @{ emit = 'Frame' }, @{ emit = 'Device' }, @{ emit = 'Packet' } {
            Measure-TestStop "Start-TzspListener -Port $port -Emit $emit" { Test-TestPort $port } | Should -BeLessThan 500
            Test-TestPort $port | Should -BeFalse
        }
    }

    Context '-Emit without traffic' {
        It 'ends after the idle time' {
            $clock = [Diagnostics.Stopwatch]::StartNew()
            Start-TzspListener -Port 0 -Emit Device -IdleTimeout 300ms | Should -BeNullOrEmpty
            $clock.Elapsed.TotalSeconds | Should -BeLessThan 30
        }

        It 'stops within 500 ms' {
            $port = Get-TestPort
            Measure-TestStop "Start-TzspListener -Port $port -Emit Device" { Test-TestPort $port } | Should -BeLessThan 500
            Test-TestPort $port | Should -BeFalse
        }

        It 'emits alerts as they are raised' {
            $port = Get-TestPort
            $shell = New-TestShell
            try {
                $result = $shell.AddScript("Start-TzspListener -Port $port -Emit Alert -Count 1 -Duration 60").BeginInvoke()
                Wait-TestUntil { Test-TestPort $port } | Should -BeTrue
                # A name of 33 bytes is more than the standard allows.
                Send-TestFrame $port @(, (New-TestBeacon -Ssid ('x' * 33)))
                $alert = $shell.EndInvoke($result)
                $alert.Type | Should -Be LongSsid
            }
            finally { Remove-TestShell $shell }
        }
    }

    Context '-AsJob' {
        BeforeEach { $port = Get-TestPort }
        AfterEach { Get-TestJob | Remove-Job -Force }

        It 'gives a job that Receive-Job, Stop-Job and Remove-Job know' {
            $job = Start-TzspListener -Port $port -Emit Device -AsJob -Name watch
            $job | Should -BeOfType System.Management.Automation.Job
            $job.PSJobTypeName | Should -Be KismetJob
            $job.State | Should -Be Running
            (Get-Job -Name watch).Id | Should -Be $job.Id
            Send-TestFrame $port @((New-TestBeacon), (New-TestData))
            # A device that changes comes again.
            Wait-TestUntil { @(@($job.Output).MacAddress | Select-Object -Unique).Count -ge 2 } | Should -BeTrue
            Receive-Job $job | ForEach-Object MacAddress | Sort-Object -Unique | Should -Be '00:0C:42:00:00:01', '3C:5A:B4:00:00:02'
            Get-KismetSession -Name watch | Should -Not -BeNullOrEmpty
            Stop-Job $job
            $job.State | Should -Be Stopped
            Test-TestPort $port | Should -BeFalse
            Remove-Job $job
            Get-TestJob | Should -BeNullOrEmpty
            Get-KismetSession | Should -BeNullOrEmpty
        }

        It 'stands for its session, as -Session and in the pipeline' {
            $job = Start-TzspListener -Port $port -AsJob
            $other = Start-TzspListener -Port 0
            Send-TestFrame $port @(, (New-TestBeacon))
            Send-TestFrame $other.Port @(, (New-TestBeacon -Bssid 00:0C:42:00:00:02))
            Wait-TestUntil { @(Get-KismetDevice).Count -eq 2 } | Should -BeTrue
            (Get-KismetDevice -Session $job).MacAddress | Should -Be '00:0C:42:00:00:01'
            ($job | Get-KismetDevice).MacAddress | Should -Be '00:0C:42:00:00:01'
            ($job, $other | Get-KismetNetwork).Bssid | Should -Be '00:0C:42:00:00:01', '00:0C:42:00:00:02'
            (Get-KismetStatistic -Session $job).SessionId | Should -Be $job.Session.Id
            ($job | Wait-KismetDevice 00:0C:42:00:00:01 -Timeout 60).Ssid | Should -Be lab
            Stop-TzspListener $other
        }

        It 'completes by its bounds, and Wait-Job sees it' {
            $job = Start-TzspListener -Port $port -Emit Frame -Count 5 -AsJob
            Send-TestFrame $port @(1..8 | ForEach-Object { , (New-TestBeacon -Sequence $_) })
            (Wait-Job $job -Timeout 60).State | Should -Be Completed
            @(Receive-Job $job).Count | Should -Be 5
            $job.HasMoreData | Should -BeFalse
            Test-TestPort $port | Should -BeFalse
        }

        It 'emits devices by default and ends Receive-Job -Wait' {
            $job = Start-TzspListener -Port $port -Duration 3 -AsJob
            Send-TestFrame $port @(, (New-TestBeacon))
            $received = @(Receive-Job $job -Wait -AutoRemoveJob)
            $received[0] | Should -BeOfType KismetPS.Tracking.KismetDevice
            Get-TestJob | Should -BeNullOrEmpty
        }

        It 'reports a port in use at once' {
            $null = Start-TzspListener -Port $port
            { Start-TzspListener -Port $port -AsJob } | Should -Throw -ErrorId 'AddressInUse,*'
            Get-TestJob | Should -BeNullOrEmpty
        }

        It 'is released by Remove-Job -Force' {
            $job = Start-TzspListener -Port $port -AsJob
            Remove-Job $job -Force
            Test-TestPort $port | Should -BeFalse
        }
    }
}
