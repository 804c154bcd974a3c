@{
    RootModule           = 'KismetPS.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '7d3a8f52-6a0e-4f0b-9c6b-2e51c7a4d9e3'
    Author               = 'KismetPS contributors'
    CompanyName          = 'KismetPS'
    Copyright            = '(c) KismetPS contributors. MIT licence.'
    Description          = 'A wireless sensor console for PowerShell: receives 802.11 frames over TZSP, from interfaces and from capture files, tracks every device and network, and gives typed objects.'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    # Loaded before the types file, which names types in them.
    RequiredAssemblies   = @('KismetPS.Tracking.dll', 'KismetPS.Kismet.dll', 'KismetPS.Export.dll', 'KismetPS.dll')
    FormatsToProcess     = @('KismetPS.Format.ps1xml')
    TypesToProcess       = @('KismetPS.Types.ps1xml')
    CmdletsToExport      = @(
        'Add-KismetSource'
        'Connect-KismetDrone'
        'Connect-KismetServer'
        'ConvertFrom-Dot11Frame'
        'ConvertFrom-KismetSentence'
        'ConvertFrom-TzspPacket'
        'ConvertTo-TzspPacket'
        'Disconnect-KismetServer'
        'Export-KismetCapture'
        'Export-KismetDevice'
        'Export-KismetReport'
        'Get-KismetAlert'
        'Get-KismetDevice'
        'Get-KismetInterface'
        'Get-KismetNetwork'
        'Get-KismetServerClient'
        'Get-KismetServerInfo'
        'Get-KismetSession'
        'Get-KismetSource'
        'Get-KismetStatistic'
        'Import-KismetCapture'
        'Import-KismetDevice'
        'Measure-KismetDevice'
        'Receive-KismetDevice'
        'Register-KismetEvent'
        'Remove-KismetSource'
        'Resolve-KismetVendor'
        'Send-KismetCommand'
        'Send-TzspPacket'
        'Set-KismetSource'
        'Start-KismetCapture'
        'Start-KismetServer'
        'Start-TzspListener'
        'Stop-KismetCapture'
        'Stop-KismetServer'
        'Stop-KismetSession'
        'Stop-TzspListener'
        'Wait-KismetDevice'
        'Wait-KismetSession'
        'Watch-KismetDevice'
    )
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
    PrivateData          = @{
        PSData = @{
            Tags         = @('Kismet', 'TZSP', 'WiFi', 'Wireless', '802.11', 'WIDS', 'Monitoring', 'Capture', 'pcap', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            ReleaseNotes = 'See CHANGELOG.md.'
        }
    }
}
