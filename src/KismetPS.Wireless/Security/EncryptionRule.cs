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

        // Without either element the privacy bit tells: of the BSS in what an access point sends to all, of the client in its request.
        if (result != WirelessEncryption.Unknown || securitySeen || !header.Has(FrameParts.Capability))
        {
            return result;
        }

        switch (header.Subtype)
        {
            case FrameSubtype.Beacon or FrameSubtype.ProbeResponse:
                break;
            case FrameSubtype.AssociationRequest or FrameSubtype.ReassociationRequest when !facts.Has(ElementParts.Wps):
                break; // one with a WPS element and no RSN only comes for its credentials
            default:
                return result;
        }

        if ((header.Capability & Privacy) == 0)
        {
            return WirelessEncryption.Open;
        }

        // The element that would say more may be the one that was cut off.
        return facts.Has(ElementParts.Truncated) ? WirelessEncryption.Unknown : WirelessEncryption.Wep;
    }
}
