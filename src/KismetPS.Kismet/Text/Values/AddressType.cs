namespace KismetPS.Kismet.Text.Values;

/// <summary>atype: what the address range was learned from. The eras number it differently, see <see cref="WireValue"/>.</summary>
internal enum AddressType
{
    None,
    Factory,
    Udp,
    Arp,
    Tcp,
    Dhcp,
    Group,
}
