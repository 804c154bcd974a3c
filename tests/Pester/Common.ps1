# What the suite shares: the module under test, frames built byte by byte, senders, and waits with a deadline.

$script:ModulePath = if ($env:KISMETPS_MODULE) { $env:KISMETPS_MODULE } else { Join-Path $PSScriptRoot '../../artifacts/module/KismetPS' }
Import-Module $script:ModulePath -ErrorAction Stop

function ConvertFrom-TestMac([string] $Mac) { [Convert]::FromHexString($Mac -replace '[:.-]') }

# A beacon: IEEE Std 802.11-2020 9.3.3.2.
function New-TestBeacon {
    param(
        [string] $Bssid = '00:0C:42:00:00:01',
        [string] $Ssid = 'lab',
        [byte[]] $SsidBytes = [Text.Encoding]::UTF8.GetBytes($Ssid),
        [byte] $Channel = 6,
        [switch] $Wpa2,
        [int] $Sequence = 0
    )
    $mac = ConvertFrom-TestMac $Bssid
    [byte[]] $capability = if ($Wpa2) { 0x11, 0x04 } else { 0x01, 0x04 }
    [byte[]] $rsn = if ($Wpa2) { [Convert]::FromHexString('30140100000fac040100000fac040100000fac020000') } else { @() }
    , [byte[]] (@(0x80, 0, 0, 0) + @(0xFF) * 6 + $mac + $mac + @((($Sequence -band 15) -shl 4), (($Sequence -shr 4) -band 255)) +
        @(0) * 8 + @(0x64, 0) + $capability + @(0, $SsidBytes.Length) + $SsidBytes + @(1, 4, 0x82, 0x84, 0x8B, 0x96) + @(3, 1, $Channel) + $rsn)
}

# A data frame of a client to its access point, with an unprotected payload.
function New-TestData {
    param([string] $Bssid = '00:0C:42:00:00:01', [string] $Client = '3C:5A:B4:00:00:02', [int] $Sequence = 0)
    $ap = ConvertFrom-TestMac $Bssid
    , [byte[]] (@(0x08, 0x01, 0, 0) + $ap + (ConvertFrom-TestMac $Client) + $ap + @((($Sequence -band 15) -shl 4), (($Sequence -shr 4) -band 255)) +
        @(0xAA, 0xAA, 3, 0, 0, 0, 8, 0) + @(1) * 32)
}

# A probe request.
function New-TestProbe {
    param([string] $Client = '3C:5A:B4:00:00:03', [string] $Ssid = '')
    $name = [Text.Encoding]::UTF8.GetBytes($Ssid)
    , [byte[]] (@(0x40, 0, 0, 0) + @(0xFF) * 6 + (ConvertFrom-TestMac $Client) + @(0xFF) * 6 + @(0, 0) + @(0, $name.Length) + $name + @(1, 4, 0x82, 0x84, 0x8B, 0x96))
}

# Wraps a frame as a sensor does: version 1, received, encapsulation 18 (802.11), RSSI and channel tags, END.
function ConvertTo-TestTzsp {
    param([byte[]] $Frame, [int] $Signal = -50, [byte] $Channel = 6)
    , [byte[]] (@(1, 0, 0, 0x12, 0x0A, 1, ($Signal -band 0xFF), 0x12, 1, $Channel, 1) + $Frame)
}

function Send-TestMessage {
    param([int] $Port, [object[]] $Message)
    $client = [Net.Sockets.UdpClient]::new()
    try {
        # Not connected: a listener that has had enough closes its port, which a connected socket would be told as an error.
        foreach ($bytes in $Message) { $null = $client.Send([byte[]] $bytes, $bytes.Length, '127.0.0.1', $Port) }
    }
    finally { $client.Dispose() }
}

function Send-TestFrame {
    param([int] $Port, [object[]] $Frame, [int] $Signal = -50)
    Send-TestMessage -Port $Port -Message @(foreach ($bytes in $Frame) { , (ConvertTo-TestTzsp -Frame $bytes -Signal $Signal) })
}

# Sends many messages of which each adds one to the count: in portions that fit into the smallest receive buffer, and a portion again as long as the count
# says that some of it was lost, which UDP may do where the machine is busy.
function Send-TestPortion {
    param([int] $Port, [object[]] $Message, [scriptblock] $Count)
    $clock = [Diagnostics.Stopwatch]::StartNew()
    $sent = 0
    while ($sent -lt $Message.Count) {
        $portion = $Message[$sent..([Math]::Min($sent + 200, $Message.Count) - 1)]
        Send-TestMessage -Port $Port -Message $portion
        if (Wait-TestUntil { (& $Count) -ge $sent + $portion.Count } -Timeout 5) { $sent += $portion.Count }
        elseif ($clock.Elapsed.TotalSeconds -gt 300) { throw "Of $($Message.Count) messages $(& $Count) came." }
    }
}

# Polls until the condition holds; the result says whether it did. Whoever waits does so for what happens on another thread or in another process: the time
# is that of a machine that is busy with something else, and only a test that fails takes it.
function Wait-TestUntil {
    param([scriptblock] $Condition, [double] $Timeout = 60)
    $clock = [Diagnostics.Stopwatch]::StartNew()
    do {
        # The time is looked at first, so that the last look at the condition comes after it.
        $over = $clock.Elapsed.TotalSeconds -ge $Timeout
        if (& $Condition) { return $true }
        if (-not $over) { Start-Sleep -Milliseconds 20 }
    } until ($over)
    $false
}

# A port that is free for UDP and TCP, and stays so: below those that systems give to sockets that ask for any (Linux from 32768 on, others from 49152 on), and
# another one each time.
$script:nextPort = [Random]::Shared.Next(20000, 31000)
function Get-TestPort {
    while ($script:nextPort -lt 32768) {
        $port = $script:nextPort++
        if ((Test-TestPort $port) -or (Test-TestPort $port -Tcp)) { continue }
        try {
            [Net.Sockets.UdpClient]::new($port).Dispose()
            $tcp = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Any, $port)
            $tcp.Start()
            $tcp.Stop()
            return $port
        }
        catch [Net.Sockets.SocketException] { $null = $_ }
    }
    throw 'There is no free port.'
}

# Whether any socket of this machine is bound to the UDP port, or listens on the TCP port.
function Test-TestPort([int] $Port, [switch] $Tcp) {
    $machine = [Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties()
    ($Tcp ? $machine.GetActiveTcpListeners() : $machine.GetActiveUdpListeners()).Port -contains $Port
}

# Names of the threads of this process that begin with the text, as Linux has them: the first 15 characters of ours; nothing elsewhere. How many threads there are
# in all says nothing: those of the pool and of PowerShell come and go.
function Get-TestThread([string] $Name) {
    if (-not $IsLinux) { return }
    foreach ($task in [IO.Directory]::GetDirectories('/proc/self/task')) {
        $found = try { [IO.File]::ReadAllText("$task/comm").TrimEnd() } catch { '' }
        if ($found.StartsWith($Name, [StringComparison]::Ordinal)) { $found }
    }
}

# A shell of its own with the module, for streams that block.
function New-TestShell {
    $state = [Management.Automation.Runspaces.InitialSessionState]::CreateDefault2()
    $state.ImportPSModule([string[]] $script:ModulePath)
    $runspace = [Management.Automation.Runspaces.RunspaceFactory]::CreateRunspace($state)
    $runspace.Open()
    $shell = [powershell]::Create()
    $shell.Runspace = $runspace
    $shell
}

function Remove-TestShell($Shell) {
    $Shell.Stop()
    $Shell.Runspace.Dispose()
    $Shell.Dispose()
}

# What the script takes, milliseconds: the best of several tries, no more than it takes to get below the limit, since a build machine may be busy with something else.
function Measure-TestBest {
    param([scriptblock] $Script, [double] $Limit, [int] $Most = 20)
    $best = [double]::MaxValue
    for ($try = 0; $try -lt $Most -and $best -ge $Limit; $try++) { $best = [Math]::Min($best, (Measure-Command $Script).TotalMilliseconds) }
    $best
}

# How long a pipeline takes to stop, as Ctrl+C stops it: milliseconds, the best of five, since a build machine may be busy with something else.
function Measure-TestStop {
    param([string] $Script, [scriptblock] $Ready, [int] $Settle = 300)
    $best = [double]::MaxValue
    for ($attempt = 0; $attempt -lt 5 -and $best -ge 500; $attempt++) {
        $shell = New-TestShell
        try {
            $null = $shell.AddScript($Script).BeginInvoke()
            if (-not (Wait-TestUntil $Ready)) { throw "The pipeline was not ready: $($shell.Streams.Error)" }
            Start-Sleep -Milliseconds $Settle
            if ($shell.InvocationStateInfo.State -ne 'Running') { throw "The pipeline ended by itself: $($shell.Streams.Error)" }
            $clock = [Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            $best = [Math]::Min($best, $clock.Elapsed.TotalMilliseconds)
        }
        finally { Remove-TestShell $shell }
    }
    $best
}

# Sends messages in a loop from a thread of its own until told to stop: load. It has begun when this returns.
function Start-TestLoad {
    param([int] $Port, [object[]] $Message)
    $begun = [Threading.ManualResetEventSlim]::new()
    $shell = [powershell]::Create().AddScript({
            param($port, $messages, $begun)
            $socket = [Net.Sockets.UdpClient]::new()
            try {
                $socket.Connect('127.0.0.1', $port)
                while ($true) {
                    foreach ($m in $messages) { try { $null = $socket.Send([byte[]] $m, $m.Length) } catch { $null = $_ } }
                    $begun.Set()
                }
            }
            finally { $socket.Dispose() }
        }).AddArgument($Port).AddArgument($Message).AddArgument($begun)
    $null = $shell.BeginInvoke()
    if (-not $begun.Wait(60000)) { throw "No load: $($shell.Streams.Error)" }
    $shell
}

function Stop-TestLoad($Load) {
    $Load.Stop()
    $Load.Dispose()
}

# What tab completion offers at the end of a line.
function Get-TestCompletion([string] $Line) {
    (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches
}

function Stop-TestSession {
    Get-KismetSession | Stop-KismetSession -Remove
}

# The jobs of our commands: others are not ours to count or to stop.
function Get-TestJob { Get-Job | Where-Object PSJobTypeName -EQ KismetJob }

# A file of tests begins without what a test before it may have left.
Get-TestJob | Remove-Job -Force
Stop-TestSession
