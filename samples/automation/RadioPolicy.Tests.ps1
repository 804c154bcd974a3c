<#
The radio policy of a site, as a test: fails when the air is not as radio-policy.psd1 says.

    Invoke-Pester -Container (New-PesterContainer ./RadioPolicy.Tests.ps1 -Data @{ Duration = '5m' })

Invoke-RadioPolicy.ps1 does that with an exit code and a report for a scheduler or a pipeline.
#>
# Pester's blocks use them, which the analyzer does not see.
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSReviewUnusedParameter', '')]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '')]
param(
    [string] $PolicyPath = (Join-Path $PSScriptRoot radio-policy.psd1),

    # UDP port of the sensors, and how long to listen.
    [int] $Port = 37008,
    [string] $Duration = '2m',

    # Captures to judge instead of the air.
    [string[]] $Path
)

BeforeAll {
    Import-Module KismetPS
    $policy = Import-PowerShellDataFile $PolicyPath
    if ($Path) {
        $networks = @(Import-KismetCapture $Path -Emit Network)
        $alerts = @(Import-KismetCapture $Path -Emit Alert)
    }
    else {
        $listener = Start-TzspListener -Port $Port
        try {
            $null = Wait-KismetSession $listener -Timeout $Duration -ErrorAction Ignore
            $networks = @(Get-KismetNetwork -Session $listener)
            $alerts = @(Get-KismetAlert -Session $listener)
        }
        finally { Stop-KismetSession $listener -Remove }
    }

    # The entry of the policy for a name; nothing for a name of others.
    function Find-Owner([string] $Ssid) { $policy.Ours | Where-Object { $Ssid -like $_.Ssid } | Select-Object -First 1 }

    function Test-Address([string] $Bssid, [string[]] $Allowed) { @($Allowed | Where-Object { $Bssid -like $_ }).Count -gt 0 }

    # What a reader of the report has to know to find it.
    function Format-Network { process { '{0} {1} channel {2} {3} {4} dBm' -f $_.Bssid, $_.Ssid, $_.Channel, $_.Encryption, $_.SignalDbm } }

    $ours = @($networks | Where-Object { Find-Owner $_.Ssid })
    $allowed, $strangers = $ours.Where({ Test-Address $_.Bssid (Find-Owner $_.Ssid).Bssid }, 'Split')
}

Describe 'Radio policy' {
    It 'is judged by sensors that hear' {
        $networks.Count | Should -BeGreaterOrEqual $policy.Fewest
    }

    It 'finds every network of ours' {
        $policy.Ours.Ssid | Where-Object { $name = $_; -not ($allowed.Ssid -like $name) } | Should -BeNullOrEmpty
    }

    It 'finds no stranger under a name of ours' {
        $strangers | Format-Network | Should -BeNullOrEmpty
    }

    It 'finds no network of ours that is open or weak' {
        $allowed | Where-Object { $set = "$($_.Encryption)" -split ', '; @($policy.Forbidden | Where-Object { $_ -in $set }).Count -gt 0 } |
            Format-Network | Should -BeNullOrEmpty
    }

    It 'finds no open network that is not known' {
        $networks | Where-Object { "$($_.Encryption)" -eq 'Open' -and -not (Find-Owner $_.Ssid) } |
            Where-Object { $name = $_.Ssid; @($policy.OpenAllowed | Where-Object { $name -like $_ }).Count -eq 0 } |
            Format-Network | Should -BeNullOrEmpty
    }

    It 'has no alert that the policy names' {
        $alerts | Where-Object Type -In $policy.Alerts | ForEach-Object { "$($_.Type) $($_.Bssid)" } | Select-Object -Unique | Should -BeNullOrEmpty
    }
}
