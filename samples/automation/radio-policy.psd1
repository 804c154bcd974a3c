# What the air of a site should be like; RadioPolicy.Tests.ps1 reads it.
@{
    # Names of ours, wildcards allowed, and the only addresses that may use them (a prefix with * stands for all that a maker of ours has).
    Ours        = @(
        @{ Ssid = 'HF-Office'; Bssid = @('D8:C7:C8:4A:*') }
        @{ Ssid = 'HF-Guest'; Bssid = @('24:A4:3C:5B:01:60') }
        @{ Ssid = 'HF-6E'; Bssid = @('24:A4:3C:5B:01:65') }
    )
    # The weakest protection that ours may have: any of these in a set is enough to fail.
    Forbidden   = @('Open', 'Wep', 'Wpa')
    # Networks of others that may be open.
    OpenAllowed = @('Harbour Free')
    # Kinds of alerts that fail the check.
    Alerts      = @('SsidSpoof', 'DeauthenticationFlood', 'BroadcastDisconnect')
    # Fewer networks than this mean that the sensors do not hear.
    Fewest      = 3
}
