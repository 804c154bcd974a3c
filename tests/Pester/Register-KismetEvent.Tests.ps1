BeforeAll {
    . $PSScriptRoot/Common.ps1

    function Get-NumberedBeacon([int[]] $Number) {
        foreach ($n in $Number) { , (New-TestBeacon -Bssid ('00:0C:42:00:{0:X2}:{1:X2}' -f ($n -shr 8), ($n -band 255)) -Ssid "net$n") }
    }

    # Beacons, which add devices at once.
    function Send-TestBeacon([int[]] $Number, [int] $Port = $listener.Port) { Send-TestFrame $Port @(Get-NumberedBeacon $Number) }

    # Beacons of so many devices, until the listener knows them all.
    function Add-TestBeacon([int] $Count, $To = $listener) {
        Send-TestPortion $To.Port @(Get-NumberedBeacon (1..$Count) | ForEach-Object { , (ConvertTo-TestTzsp $_) }) { $To.Statistics.Devices }
    }
}

Describe 'Register-KismetEvent' {
    BeforeEach { $listener = Start-TzspListener -Port 0 -Name events }
    AfterEach {
        Get-EventSubscriber -Force | Unregister-Event -Force
        Get-Event | Remove-Event
        Get-Job | Remove-Job -Force
        Stop-TestSession
    }

    It 'writes nothing without -Action, and events wait for Get-Event and Wait-Event' {
        Register-KismetEvent -SourceIdentifier seen -UpdateInterval 50ms -MessageData 'mine' | Should -BeNullOrEmpty
        Send-TestBeacon 1
        $first = Wait-Event -SourceIdentifier seen -Timeout 60
        $first.Sender | Should -Be $listener
        $first.MessageData | Should -Be 'mine'
        $first.SourceEventArgs | Should -BeOfType KismetPS.PowerShell.Model.KismetEventArgs
        $first.SourceEventArgs.Kind | Should -Be Device
        $first.SourceEventArgs.Change | Should -Be Added
        $first.SourceEventArgs.Device.MacAddress | Should -Be '00:0C:42:00:00:01'
        $first.SourceEventArgs.SessionName | Should -Be events
        $first.SourceEventArgs.Sequence | Should -Be 1
        $first | Remove-Event
        Get-Event -SourceIdentifier seen -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'is shown by Get-EventSubscriber with its source and event' {
        Register-KismetEvent Alert -SourceIdentifier shown
        $subscriber = Get-EventSubscriber -SourceIdentifier shown
        $subscriber.EventName | Should -Be Alert
        "$($subscriber.SourceObject)" | Should -Be events
        Register-KismetEvent Alert -SourceIdentifier hidden -SupportEvent
        Get-EventSubscriber -SourceIdentifier hidden -ErrorAction Ignore | Should -BeNullOrEmpty
        Get-EventSubscriber -SourceIdentifier hidden -Force | Should -Not -BeNullOrEmpty
    }

    It 'runs the action for each event in order, and gives its job' {
        $seen = [Collections.Generic.List[string]]::new()
        $job = Register-KismetEvent -SourceIdentifier acted -Change Added -UpdateInterval 50ms -MessageData $seen -Action { $Event.MessageData.Add("$($EventArgs.Sequence) $($EventArgs.Device.Ssid) $($Sender.Name)"); "out $($EventArgs.Sequence)" }
        $job | Should -BeOfType System.Management.Automation.PSEventJob
        Add-TestBeacon 300
        Wait-TestUntil { $seen.Count -eq 300 } | Should -BeTrue
        $seen[0] | Should -Match '^1 net\d+ events$'
        $seen | ForEach-Object { [int] ($_ -split ' ')[0] } | Should -Be (1..300)
        @(Receive-Job $job).Count | Should -Be 300
        Stop-Job $job
        $job.State | Should -Be Stopped
        Get-EventSubscriber -SourceIdentifier acted -ErrorAction Ignore | Should -BeNullOrEmpty
        Remove-Job $job
    }

    It 'runs actions while a script waits in Start-Sleep, and at the prompt' {
        $shell = New-TestShell
        try {
            $port = Get-TestPort
            $seen = [Collections.Concurrent.ConcurrentQueue[int]]::new()
            $null = $shell.AddScript("param(`$seen) `$global:seen = `$seen; `$l = Start-TzspListener -Port $port; `$null = Register-KismetEvent -Change Added -UpdateInterval 50ms -MessageData `$seen -Action { `$Event.MessageData.Enqueue(1) }").AddArgument($seen).Invoke()
            Send-TestBeacon (1..3) -Port $port
            $shell.Commands.Clear()
            $null = $shell.AddScript('$c = 0; while ($global:seen.Count -lt 3 -and $c++ -lt 1200) { Start-Sleep -Milliseconds 50 }; $global:seen.Count')
            $shell.Invoke() | Should -Be 3
            # Nothing runs: as at a prompt.
            Send-TestBeacon (4..6) -Port $port
            Wait-TestUntil { $seen.Count -eq 6 } | Should -BeTrue
        }
        finally { Remove-TestShell $shell }
    }

    It 'ends after -MaxTriggerCount events' {
        Register-KismetEvent -SourceIdentifier twice -MaxTriggerCount 2 -UpdateInterval 50ms
        Send-TestBeacon (1..5)
        Wait-TestUntil { -not (Get-EventSubscriber -SourceIdentifier twice -ErrorAction Ignore) } | Should -BeTrue
        Send-TestBeacon (6..8)
        Wait-TestUntil { $listener.Statistics.Devices -eq 8 } | Should -BeTrue
        Start-Sleep -Milliseconds 300
        @(Get-Event -SourceIdentifier twice).Count | Should -Be 2
    }

    It 'lets an action unregister itself' {
        $seen = [Collections.Generic.List[int]]::new()
        $null = Register-KismetEvent -SourceIdentifier self -UpdateInterval 50ms -MessageData $seen -Action { $Event.MessageData.Add(1); Unregister-Event -SourceIdentifier self }
        Send-TestBeacon 1
        Wait-TestUntil { -not (Get-EventSubscriber -SourceIdentifier self -ErrorAction Ignore) } | Should -BeTrue
        Send-TestBeacon (2..4)
        Wait-TestUntil { $listener.Statistics.Devices -eq 4 } | Should -BeTrue
        Start-Sleep -Milliseconds 300
        $seen.Count | Should -Be 1
        Get-Event | Should -BeNullOrEmpty
    }

    It 'tells nothing more after Unregister-Event, and its thread ends' {
        Wait-TestUntil { $listener.State -eq 'Running' } | Should -BeTrue
        Register-KismetEvent -SourceIdentifier gone -UpdateInterval 50ms
        Send-TestBeacon 1
        Wait-Event -SourceIdentifier gone -Timeout 60 | Remove-Event
        Unregister-Event -SourceIdentifier gone
        Wait-TestUntil { -not (Get-TestThread 'Events gone') } | Should -BeTrue
        Send-TestBeacon (2..4)
        Wait-TestUntil { $listener.Statistics.Devices -eq 4 } | Should -BeTrue
        Start-Sleep -Milliseconds 300
        Get-Event | Should -BeNullOrEmpty
        # The name is free again.
        Register-KismetEvent -SourceIdentifier gone -UpdateInterval 50ms
    }

    It 'tells of networks, alerts and the end of a session' {
        Register-KismetEvent Network -SourceIdentifier net -UpdateInterval 50ms -Ssid 'net*'
        Register-KismetEvent Alert -SourceIdentifier alert
        Register-KismetEvent Session -SourceIdentifier end
        Send-TestBeacon 1
        (Wait-Event -SourceIdentifier net -Timeout 60).SourceEventArgs.Network.Ssid | Should -Be net1
        # The network changes its protection.
        Send-TestFrame $listener.Port @(, (New-TestBeacon -Bssid 00:0C:42:00:00:01 -Ssid net1 -Wpa2))
        Send-TestFrame $listener.Port @(, (New-TestBeacon -Bssid 00:0C:42:00:00:01 -Ssid net1))
        (Wait-Event -SourceIdentifier alert -Timeout 60).SourceEventArgs.Alert | Should -BeOfType KismetPS.Tracking.KismetAlert
        Stop-TzspListener $listener
        $end = Wait-Event -SourceIdentifier end -Timeout 60
        $end.Sender.State | Should -Be Stopped
        $end.SourceEventArgs.Kind | Should -Be Session
    }

    It 'tells what passes the filter only' {
        Register-KismetEvent -SourceIdentifier some -Ssid net2 -Change Added -UpdateInterval 50ms
        Send-TestBeacon 1, 2, 3
        Wait-Event -SourceIdentifier some -Timeout 60 | Should -Not -BeNullOrEmpty
        Start-Sleep -Milliseconds 200
        (Get-Event -SourceIdentifier some).SourceEventArgs.Device.Ssid | Should -Be net2
    }

    It 'begins with what is known, with -Existing' {
        Send-TestBeacon (1..3)
        Wait-TestUntil { @(Get-KismetDevice).Count -eq 3 } | Should -BeTrue
        Register-KismetEvent -SourceIdentifier known -Existing -UpdateInterval 50ms
        Wait-TestUntil { @(Get-Event -SourceIdentifier known -ErrorAction Ignore).Count -eq 3 } | Should -BeTrue
    }

    It 'takes several sessions from the pipeline, each the sender of its events' {
        $other = Start-TzspListener -Port 0 -Name other
        $listener, $other | Register-KismetEvent -SourceIdentifier both -UpdateInterval 50ms
        Send-TestBeacon 1
        Send-TestBeacon 2 -Port $other.Port
        Wait-TestUntil { @(Get-Event -SourceIdentifier both -ErrorAction Ignore).Count -ge 2 } | Should -BeTrue
        (Get-Event -SourceIdentifier both).Sender.Name | Sort-Object -Unique | Should -Be events, other
    }

    It 'keeps 10,000 events for Get-Event, says so, and loses no device' {
        $load = 12000
        Add-TestBeacon $load
        Register-KismetEvent -SourceIdentifier many -Existing -Change Added -UpdateInterval 50ms
        Wait-TestUntil { @(Get-Event -SourceIdentifier many -ErrorAction Ignore).Count -eq 10000 } -Timeout 120 | Should -BeTrue
        Wait-TestUntil { $null = Get-KismetStatistic -WarningVariable warning -WarningAction SilentlyContinue; $warning -match 'not taken' } | Should -BeTrue
        @(Get-Event -SourceIdentifier many).Count | Should -Be 10000
        Get-Event -SourceIdentifier many | Remove-Event
        Wait-TestUntil { @(Get-Event -SourceIdentifier many -ErrorAction Ignore).Count -ge 2000 } | Should -BeTrue
        (Get-Event -SourceIdentifier many)[-1].SourceEventArgs.Sequence | Should -Be $load
    }

    It 'keeps 1,000 events for an action that a busy script delays' {
        $shell = New-TestShell
        try {
            $busy = $shell.AddScript('$global:n = 0; Start-TzspListener -Port 0').Invoke()[0]
            Add-TestBeacon 3000 $busy
            $shell.Commands.Clear()
            # A method that blocks: no action can run meanwhile. Long enough for a thread that is kept waiting to find the queue full.
            $null = $shell.AddScript('$null = Register-KismetEvent -SourceIdentifier busy -Existing -Change Added -UpdateInterval 50ms -Action { $global:n++; $global:last = $EventArgs.Sequence }; [Threading.Thread]::Sleep(4000); $d = (Get-KismetStatistic 3>&1 | Out-String); $known = @(Get-KismetDevice).Count; $c = 0; while ($global:n -lt $known -and $c++ -lt 3000) { Start-Sleep -Milliseconds 20 }; "$known $global:n $global:last"; $d')
            $result = $shell.Invoke()
            $known, $told, $last = -split $result[0]
            $told | Should -Be $known
            $last | Should -Be $known
            $result[1] | Should -Match 'not taken'
        }
        finally { Remove-TestShell $shell }
    }

    It 'ends with Remove-Module, threads too' {
        $shell = New-TestShell
        try {
            $ended = $shell.AddScript('Start-TzspListener -Port 0 -Name kps-end; 1..5 | ForEach-Object { Register-KismetEvent -SourceIdentifier "kps-end$_" }; $null = Register-KismetEvent -SourceIdentifier kps-end6 -Action { 1 }').Invoke()[0]
            # The thread of the listener and those of six subscriptions.
            $ours = { @(Get-TestThread kps-end) + @(Get-TestThread 'Events kps-end') }
            if ($IsLinux) { Wait-TestUntil { @(& $ours).Count -eq 7 } | Should -BeTrue }
            $shell.Commands.Clear()
            $shell.AddScript('Remove-Module KismetPS; @(Get-EventSubscriber -Force).Count').Invoke() | Should -Be 0
            $ended.State | Should -Be Stopped
            Wait-TestUntil { @(& $ours).Count -eq 0 } | Should -BeTrue
        }
        finally { Remove-TestShell $shell }
    }

    It 'forwards the events of a job to the shell that started it' {
        $port = Get-TestPort
        $module = Resolve-Path $ModulePath
        $job = Start-Job { Import-Module $using:module; $l = Start-TzspListener -Port $using:port; Register-KismetEvent -Forward -SourceIdentifier far -UpdateInterval 50ms; while ($true) { Start-Sleep -Milliseconds 50 } }
        Wait-TestUntil { Test-TestPort $port } -Timeout 120 | Should -BeTrue
        $clock = [Diagnostics.Stopwatch]::StartNew()
        do { Send-TestBeacon 7 -Port $port; $far = Wait-Event -SourceIdentifier far -Timeout 1 } until ($far -or $clock.Elapsed.TotalSeconds -gt 60)
        # What crosses a process is no EventArgs any more.
        "$($far.SourceArgs[0].Kind) $($far.SourceArgs[0].SessionName) $($far.SourceArgs[0].Device.Ssid)" | Should -BeLike 'Device * net7'
        Stop-Job $job
    }

    It 'refuses a name in use, -Action with -Forward, and filters of what has none' {
        Register-KismetEvent -SourceIdentifier taken
        { Register-KismetEvent -SourceIdentifier taken } | Should -Throw -ErrorId 'SourceIdentifierInUse,KismetPS.PowerShell.Commands.RegisterKismetEventCommand'
        { Register-KismetEvent -Forward -Action { } } | Should -Throw -ErrorId 'ArgumentInvalid,*'
        { Register-KismetEvent Alert -Ssid x } | Should -Throw -ErrorId 'ArgumentInvalid,*'
        { Register-KismetEvent Network -Change Added } | Should -Throw -ErrorId 'ArgumentInvalid,*'
        { Register-KismetEvent -SourceIdentifier PowerShell.x } | Should -Throw -ErrorId 'ArgumentInvalid,*'
        Stop-TestSession
        { Register-KismetEvent } | Should -Throw -ErrorId 'SessionNotFound,*'
    }

    It 'says once that a session is not there, and takes the others' {
        Register-KismetEvent -SourceIdentifier none -Session nobody -ErrorVariable missing -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        @($missing).Count | Should -Be 1
        $missing[0].FullyQualifiedErrorId | Should -Be 'SessionNotFound,KismetPS.PowerShell.Commands.RegisterKismetEventCommand'
        Get-EventSubscriber -SourceIdentifier none -ErrorAction Ignore | Should -BeNullOrEmpty
        Register-KismetEvent Session -SourceIdentifier none -Session nobody -ErrorVariable missing -ErrorAction SilentlyContinue
        @($missing).Count | Should -Be 1
        Register-KismetEvent -SourceIdentifier some -Session nobody, events -ErrorVariable missing -ErrorAction SilentlyContinue
        @($missing).Count | Should -Be 1
        "$((Get-EventSubscriber -SourceIdentifier some).SourceObject)" | Should -Be events
        # One that has ended is there, and has nothing to tell.
        Stop-TzspListener $listener
        { Register-KismetEvent -Session events } | Should -Throw -ErrorId 'SessionNotFound,*'
    }

    It 'registers nothing with -WhatIf' {
        Register-KismetEvent -SourceIdentifier no -WhatIf
        Get-EventSubscriber | Should -BeNullOrEmpty
    }
}
