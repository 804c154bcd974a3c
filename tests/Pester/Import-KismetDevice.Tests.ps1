BeforeAll {
    . $PSScriptRoot/Common.ps1
    $devices = Import-KismetCapture (Join-Path $PSScriptRoot '../../samples/office.pcapng')
    $devices | Export-KismetDevice TestDrive:/d.jsonl
    $devices | Export-KismetDevice TestDrive:/d.csv
}

Describe 'Import-KismetDevice' {
    It 'reads several files by wildcard' { @(Import-KismetDevice TestDrive:/d.*).Count | Should -Be (2 * $devices.Count) }

    It 'gives devices that the other commands take' {
        Import-KismetDevice TestDrive:/d.csv | Measure-KismetDevice Type | Measure-Object Count -Sum | ForEach-Object Sum | Should -Be $devices.Count
    }

    It 'reads back <_>, told by its content, whatever the file is called' -ForEach 'Simple', 'NetXml', 'AirodumpCsv' {
        $devices | Export-KismetDevice TestDrive:/other.dat -Format $_
        $read = @(Import-KismetDevice TestDrive:/other.dat -ErrorVariable failed)
        $failed | Should -BeNullOrEmpty
        Compare-Object ($read.MacAddress | Sort-Object -Unique) ($devices.MacAddress | Sort-Object -Unique) | Where-Object SideIndicator -EQ '=>' | Should -BeNullOrEmpty
    }

    It 'reads the networks of WigleCsv, and writing it says that clients have no place in it' {
        $devices | Export-KismetDevice TestDrive:/w.wiglecsv -WarningVariable told -WarningAction SilentlyContinue
        "$told" | Should -Match 'access points'
        $networks = $devices | Where-Object Type -In AccessPoint, AdHoc
        @((Import-KismetDevice TestDrive:/w.wiglecsv).MacAddress | Sort-Object -Unique).Count | Should -Be $networks.Count
    }

    It 'skips a bad record with an error that names the line, and reads the others' {
        $lines = Get-Content TestDrive:/d.jsonl
        $lines[1] = '{"MacAddress":'
        $lines | Set-Content TestDrive:/bad.jsonl
        $read = Import-KismetDevice TestDrive:/bad.jsonl -ErrorAction SilentlyContinue -ErrorVariable failed
        $read.Count | Should -Be ($devices.Count - 1)
        $failed.FullyQualifiedErrorId | Should -Be 'RecordInvalid,KismetPS.PowerShell.Commands.ImportKismetDeviceCommand'
        "$failed" | Should -Match 'line 2'
    }

    It 'ends with the error of a file that is none of devices' {
        'hello' | Set-Content TestDrive:/hello.csv
        { Import-KismetDevice TestDrive:/hello.csv } | Should -Throw -ErrorId 'FormatInvalid,*'
        { Import-KismetDevice TestDrive:/none.csv } | Should -Throw -ErrorId 'FileNotFound,*'
        { Import-KismetDevice $TestDrive } | Should -Throw -ErrorId 'FileNotReadable,*' -ExpectedMessage '*is a folder*'
        { Import-KismetDevice -LiteralPath $TestDrive } | Should -Throw -ErrorId 'FileNotReadable,*' -ExpectedMessage '*is a folder*'
    }
}
