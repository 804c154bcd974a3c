BeforeAll { . $PSScriptRoot/Common.ps1 }

Describe 'Resolve-KismetVendor' {
    It 'knows <address> as <kind> of <vendor>' -TestCases @(
        # IEEE registry: MA-L 00000C Cisco, 000C42 Routerboard.com.
        @{ address = '00:00:0C:12:34:56'; kind = 'Registered'; vendor = 'Cisco*' }
        @{ address = '000c.4212.3456'; kind = 'Registered'; vendor = 'Routerboard*' }
        @{ address = '02:00:00:12:34:56'; kind = 'Randomized'; vendor = $null }
        @{ address = '01:00:5E:00:00:01'; kind = 'Multicast'; vendor = $null }
        @{ address = 'FF-FF-FF-FF-FF-FF'; kind = 'Broadcast'; vendor = $null }
        @{ address = '000000000000'; kind = 'Invalid'; vendor = $null }
    ) {
        $result = Resolve-KismetVendor $address
        $result | Should -BeOfType KismetPS.PowerShell.Model.KismetVendor
        $result.Kind | Should -Be $kind
        if ($vendor) { $result.Vendor | Should -BeLike $vendor } else { $result.Vendor | Should -BeNullOrEmpty }
        $result.IsRandomized | Should -Be ($kind -eq 'Randomized')
        $result.IsGroup | Should -Be ($kind -in 'Multicast', 'Broadcast')
    }

    It 'takes addresses from the pipeline, as text and as property' {
        ('00:00:0C:00:00:01', '02:00:00:00:00:01' | Resolve-KismetVendor).Kind | Should -Be Registered, Randomized
        ([pscustomobject]@{ Bssid = '00:00:0C:00:00:01' } | Resolve-KismetVendor).MacAddress | Should -Be '00:00:0C:00:00:01'
    }

    It 'refuses <text>' -TestCases @{ text = '00:00:0C' }, @{ text = 'zz:00:0C:00:00:01' }, @{ text = '00:00:0C:00:00:01:02' } {
        { Resolve-KismetVendor $text } | Should -Throw -ErrorId 'CannotConvertArgument*'
    }
}
