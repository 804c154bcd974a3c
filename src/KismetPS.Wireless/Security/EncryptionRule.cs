using KismetPS.Wireless.Elements;
using KismetPS.Wireless.Frames;

namespace KismetPS.Wireless.Security;

/// <summary>The protection that capability field, RSN and WPA elements of one frame come to.</summary>
internal static class EncryptionRule
{
    private const int Privacy = 0x0010;

    private const KeyManagement Wpa3 =
        KeyManagement.Sae | KeyManagement.FtSae | KeyManagement.SaeExt | KeyManagement.FtSaeExt | KeyManagement.SuiteB192;

    /// <summary>The set.</summary>
    /// <param name="header">Whose capability field counts.</param>
    /// <param name="facts">Its elements, read to the end.</param>
    /// <param name="securitySeen">An RSN or WPA element was there, readable or not.</param>
    public static WirelessEncryption Of(in FrameFacts header, in ElementFacts facts, bool securitySeen)
    {
        var result = WirelessEncryption.Unknown;
        if (facts.Has(ElementParts.Wpa))
        {
            result |= WirelessEncryption.Wpa;
        }

        if (facts.Has(ElementParts.Rsn))
        {
            // Suites of the WPA element are PSK and 802.1X only: they count for WPA2 where RSN names none of its own.
            KeyManagement suites = facts.Security.KeyManagement;
            if ((suites & Wpa3) != 0)
            {
                result |= WirelessEncryption.Wpa3;
            }

            if ((suites & KeyManagement.Owe) != 0)
            {
                result |= WirelessEncryption.Owe;
            }

            if ((suites & ~(Wpa3 | KeyManagement.Owe)) != 0 || suites == KeyManagement.None)
            {
                result |= WirelessEncryption.Wpa2;
            }
        }

        // Without either element the capability field tells.
        if (result != WirelessEncryption.Unknown || securitySeen || !header.Has(FrameParts.Capability))
        {
            return result;
        }

        bool isPrivate = (header.Capability & Privacy) != 0;
        switch (header.Subtype)
        {
            case FrameSubtype.Beacon or FrameSubtype.ProbeResponse:
                // The element that would say more may be the one that was cut off.
                return !isPrivate ? WirelessEncryption.Open
                    : facts.Has(ElementParts.Truncated) ? WirelessEncryption.Unknown
                    : WirelessEncryption.Wep;

            case FrameSubtype.AssociationRequest or FrameSubtype.ReassociationRequest:
                // With a WPS element it only comes for its credentials. With the privacy bit it may be WEP, but clients also send that to WPA2
                // networks in a first try: data frames will tell.
                return isPrivate || facts.Has(ElementParts.Wps) ? WirelessEncryption.Unknown : WirelessEncryption.Open;

            default:
                return result;
        }
    }
}
