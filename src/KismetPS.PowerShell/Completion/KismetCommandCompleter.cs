using KismetPS.Kismet;
using KismetPS.Kismet.Text;

namespace KismetPS.PowerShell.Completion;

/// <summary>Completes command words that the text servers connected to understand, and the names of sentences behind those that take one.</summary>
public sealed class KismetCommandCompleter : LiveCompleter
{
    // The words of both eras as their servers register them, and what each does.
    private static readonly (string Word, TextEra Era, string ToolTip)[] s_words =
    [
        ("CAPABILITY", TextEra.Unknown, "NAME: tells the fields of a sentence"),
        ("ENABLE", TextEra.Unknown, "NAME field,field: sends a sentence from now on"),
        ("REMOVE", TextEra.Unknown, "NAME: sends a sentence no more"),
        ("LISTWEPKEYS", TextEra.Unknown, "Tells the WEP keys"),
        ("ADDWEPKEY", TextEra.Unknown, "BSSID,KEY: adds a WEP key"),
        ("DELWEPKEY", TextEra.Unknown, "BSSID: removes a WEP key"),
        ("CHANLOCK", TextEra.Stable, "SOURCE CHANNEL: stays on a channel"),
        ("CHANHOP", TextEra.Stable, "SOURCE: hops over its channels"),
        ("PAUSE", TextEra.Stable, "Pauses all sources"),
        ("RESUME", TextEra.Stable, "Resumes all sources"),
        ("ADDSOURCE", TextEra.Newcore, "DEFINITION: adds a capture source"),
        ("DELSOURCE", TextEra.Newcore, "UUID: removes a capture source"),
        ("RESTARTSOURCE", TextEra.Newcore, "UUID: opens a capture source again"),
        ("HOPSOURCE", TextEra.Newcore, "UUID HOP|DWELL|LOCK VALUE: hops, dwells or stays"),
        ("CHANSOURCE", TextEra.Newcore, "UUID CHANNEL,CHANNEL: sets the channels of a source"),
        ("ADDNETTAG", TextEra.Newcore, "BSSID PERSIST TAG VALUE: puts a tag on a network"),
        ("DELNETTAG", TextEra.Newcore, "BSSID TAG: removes it"),
        ("ADDCLITAG", TextEra.Newcore, "BSSID MAC PERSIST TAG VALUE: puts a tag on a client"),
        ("DELCLITAG", TextEra.Newcore, "BSSID MAC TAG: removes it"),
        ("ADDTRACKERFILTER", TextEra.Newcore, "FILTER: leaves frames out, for everybody and for good"),
        ("ADDNETCLIFILTER", TextEra.Newcore, "FILTER: leaves networks out, for everybody and for good"),
        ("ADDSTRINGSFILTER", TextEra.Newcore, "FILTER: leaves strings out, for everybody and for good"),
        ("STRINGS", TextEra.Newcore, "0|1: tells strings in frames"),
        ("SHUTDOWN", TextEra.Newcore, "Stops the server"),
    ];

    private protected override IEnumerable<Candidate> Candidates(string word, Predicate<string> fits)
    {
        // Commands whose first argument is the name of a sentence.
        int space = word.IndexOf(' ', StringComparison.Ordinal);
        if (space > 0 && word[..space].ToUpperInvariant() is "ENABLE" or "REMOVE" or "CAPABILITY")
        {
            return OfferedSentences.Now(DeviceSessions).Select(s => new Candidate($"{word[..space]} {s.Name}", string.Join(',', s.Fields)));
        }

        string[] eras = [.. DeviceSessions.OfType<KismetConnection>().Select(static c => c.Server.Era).OfType<string>()];
        return s_words.Where(w => w.Era == TextEra.Unknown || eras.Length == 0 || eras.Contains(w.Era.ToString())).Select(static w => new Candidate(w.Word, w.ToolTip));
    }
}
