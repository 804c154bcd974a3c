# A Kismet server that speaks HTTP, for tests: the same scripted server that the tests of the engine talk to, compiled here.

if (-not ('KismetPS.TestKit.Web.KismetWeb' -as [type])) {
    Add-Type -IgnoreWarnings -Path (Get-ChildItem $PSScriptRoot/../TestKit/Kismet/Web -Filter *.cs).FullName
}

# A full record of an access point as the server keeps it.
function New-TestWebDevice {
    param([string] $Mac, [string] $Ssid = 'lab', [int] $Packets = 5, [int] $Signal = -51, [string] $Type = 'Wi-Fi AP', [long] $Last = [DateTimeOffset]::UtcNow.ToUnixTimeSeconds())
    @{
        'kismet.device.base.key' = "4202770D00000000_$($Mac -replace ':')"; 'kismet.device.base.macaddr' = $Mac; 'kismet.device.base.phyname' = 'IEEE802.11'
        'kismet.device.base.type' = $Type; 'kismet.device.base.channel' = '6'; 'kismet.device.base.frequency' = 2437000; 'kismet.device.base.crypt' = 'WPA2 WPA2-PSK AES-CCMP'
        'kismet.device.base.first_time' = 1700000000; 'kismet.device.base.last_time' = $Last; 'kismet.device.base.packets.total' = $Packets
        'kismet.device.base.signal' = @{ 'kismet.common.signal.type' = 'dbm'; 'kismet.common.signal.last_signal' = $Signal }
        'dot11.device' = @{
            'dot11.device.num_advertised_ssids' = 1; 'dot11.device.last_beaconed_ssid_record' = @{ 'dot11.advertisedssid.ssid' = $Ssid }
            'dot11.device.advertised_ssid_map' = @(@{ 'dot11.advertisedssid.ssid' = $Ssid; 'dot11.advertisedssid.crypt_string' = 'WPA2 WPA2-PSK AES-CCMP' })
        }
    } | ConvertTo-Json -Depth 9 -Compress
}

# A server with one access point, one alert, a place, and one source that can be tuned.
function New-TestWeb {
    param([string] $Prefix = '')
    $web = [KismetPS.TestKit.Web.KismetWeb]::new($null, $null, $Prefix)
    $web.Put((New-TestWebDevice '02:00:00:00:00:01'))
    $web.Alert((@{
                'kismet.alert.header' = 'DEAUTHFLOOD'; 'kismet.alert.text' = 'Deauthentication flood'; 'kismet.alert.timestamp' = 1700000000.5
                'kismet.alert.transmitter_mac' = '02:00:00:00:00:01'; 'kismet.alert.channel' = '6'
            } | ConvertTo-Json), $true)
    $web.Fixed['/gps/location.json'] = '{"kismet.common.location.geopoint": [-74.006, 40.7128], "kismet.common.location.fix": 3, "kismet.common.location.alt": 10}'
    $web
}
