#Requires -Version 7.4
<#
.SYNOPSIS
Receives what Export-KismetDevice sends as Json, Csv or Simple over TCP or UDP, and checks the sequence of Json.
.DESCRIPTION
Needs nothing but PowerShell: a start for a receiver of your own. With the module at hand Receive-KismetDevice does this and more.

One object a message. Gaps, repeats and what cannot be read are warnings. -Address 0.0.0.0 listens to the network: nobody is asked who they
are, so let a firewall do it.
.PARAMETER Protocol
Tcp or Udp.
.PARAMETER Address
Local address.
.PARAMETER Port
Local port; 0 takes any free one, which -Verbose tells.
.PARAMETER Count
Ends after so many messages.
.EXAMPLE
./receiver.ps1 -Verbose
.EXAMPLE
./receiver.ps1 -Protocol Udp | Export-Csv received.csv
#>
[CmdletBinding()]
[OutputType([pscustomobject])]
param(
    [ValidateSet('Tcp', 'Udp')]
    [string] $Protocol = 'Tcp',
    [ipaddress] $Address = '127.0.0.1',
    [ValidateRange(0, 65535)]
    [int] $Port = 8685,
    [ValidateRange(0, [long]::MaxValue)]
    [long] $Count = 0
)

$ErrorActionPreference = 'Stop'
$maxLine = 1MB
$last = @{}

# The object of a message; nothing where it cannot be read.
function ConvertFrom-Message([string] $Text) {
    $line = $Text.TrimEnd("`r")
    if ($line.Length -eq 0) { return }
    try {
        if ($line[0] -eq '{') {
            $message = ConvertFrom-Json $line
            Test-Sequence ([string] $message.stream) ([long] $message.sequence)
            return [pscustomobject]@{
                Type = $message.type; Sequence = $message.sequence; MacAddress = $message.data.mac_addr; Phy = $message.data.phy_type
                SignalDbm = $message.data.signal_dbm; Packets = $message.data.total_packets; Timestamp = $message.data.timestamp; Data = $message.data
            }
        }
        $columns = 'Type', 'MacAddress', 'Phy', 'SignalDbm', 'Packets', 'Timestamp'
        $delimiter = $line -match '^\w+\|' ? '|' : ','
        $row = ConvertFrom-Csv $line -Delimiter $delimiter -Header $columns
        if ($row.Type -notin 'DEVICE', 'EXPIRED', 'ALERT') { throw 'the format is not known' }
        [pscustomobject]@{
            Type = $row.Type.ToLowerInvariant(); Sequence = $null; MacAddress = $row.MacAddress; Phy = $row.Phy
            SignalDbm = $row.SignalDbm ? [int] $row.SignalDbm : $null; Packets = $row.Packets ? [long] $row.Packets : $null; Timestamp = $row.Timestamp; Data = $null
        }
    }
    catch { Write-Warning "not read: $([regex]::Replace($line.Substring(0, [Math]::Min(200, $line.Length)), '[^ -~]', '?'))" }
}

# All kinds of messages share one count; each stream has its own.
function Test-Sequence([string] $Stream, [long] $Sequence) {
    $before = $last[$Stream]
    if ($null -ne $before -and $Sequence -le $before) { Write-Warning "repeat or late: $Sequence after $before"; return }
    if ($null -ne $before -and $Sequence -ne $before + 1) { Write-Warning "gap: $($before + 1) to $($Sequence - 1)" }
    $last[$Stream] = $Sequence
}

# Runs until the pipeline ends it. A message may come in pieces, and several in one piece: only the line feed says where one ends.
function Receive-Message([System.Net.Sockets.Socket] $Server) {
    $buffer = [byte[]]::new(65536)
    $rest = @{}
    $clients = [System.Collections.Generic.List[System.Net.Sockets.Socket]]::new()
    try {
        while ($true) {
            $ready = [System.Collections.Generic.List[System.Net.Sockets.Socket]]::new($clients)
            $ready.Add($Server)
            [System.Net.Sockets.Socket]::Select($ready, $null, $null, 200000)
            foreach ($socket in $ready) {
                if ($socket -ne $Server) {
                    $length = try { $socket.Receive($buffer) } catch { 0 }
                    $lines = ($rest[$socket] + [Text.Encoding]::Latin1.GetString($buffer, 0, $length)) -split "`n"
                    # Cut at bytes, so that a character that came in two pieces is whole again.
                    foreach ($line in $lines[0..($lines.Count - 2)] * ($lines.Count -gt 1)) { [Text.Encoding]::UTF8.GetString([Text.Encoding]::Latin1.GetBytes($line)) }
                    $rest[$socket] = $lines[-1]
                    if ($length -eq 0 -or $lines[-1].Length -gt $maxLine) {
                        if ($length -gt 0) { Write-Warning 'a line is too long; the connection is closed' }
                        $rest.Remove($socket)
                        $null = $clients.Remove($socket)
                        $socket.Dispose()
                    }
                }
                elseif ($Protocol -eq 'Udp') {
                    $length = try { $socket.Receive($buffer) } catch { 0 }
                    [Text.Encoding]::UTF8.GetString($buffer, 0, $length) -split "`n"
                }
                else { $clients.Add($socket.Accept()) }
            }
        }
    }
    finally { foreach ($client in $clients) { $client.Dispose() } }
}

$udp = $Protocol -eq 'Udp'
$server = [System.Net.Sockets.Socket]::new($Address.AddressFamily, $udp ? 'Dgram' : 'Stream', $udp ? 'Udp' : 'Tcp')
try {
    $server.Bind([System.Net.IPEndPoint]::new($Address, $Port))
    if (-not $udp) { $server.Listen() }
    Write-Verbose "listening on port $($server.LocalEndPoint.Port)"
    $messages = { Receive-Message $server | ForEach-Object { ConvertFrom-Message $_ } }
    if ($Count -gt 0) { & $messages | Select-Object -First $Count } else { & $messages }
}
finally { $server.Dispose() }
