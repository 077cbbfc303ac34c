# old.kith is the cohort, new.kith the cohort some time later.
kith build -q "$DATA/cohort" -o old.kith
cp -R "$DATA/cohort" later
# Two people change jobs, one is called something else, one leaves the programme, one comes.
sed -i -e '/^m006,/s/Marrowstone Imaging,Biostatistician/Acme Robotics,Head of Statistics/' \
  -e '/^m144,/s/Layla Sayegh/Layla Haddad/' -e '/^m145,/d' later/people.csv
echo 'm151,Greta Lindahl,greta.lindahl@example.org,,Pulsewright,Nurse,Health Technology,"Lisbon, Portugal",,2026,mentee,,,,' \
  >>later/people.csv
# A mentorship is over, one was a mistake, one begins.
sed -i -e '/^m104,m129,/s/active/completed/' -e '/^m118,m131,/d' later/mentorships.csv
echo 'm002,m151,2026-06-01,,Lighthouse,2026,active,,,' >>later/mentorships.csv
# Ben no longer lists Rania.
sed -i '/^Rania,Mansour,/d' later/ben-ito/Connections.csv
kith build -q later -o new.kith
