W0042asian
r s BC-SK--Skerry-Regatta 1stLd-Writethru   03-12 0120
^BC-SK--Skerry-Regatta, 1st Ld-Writethru,120<
^Regatta goes to the oldest boat<
^Eds: Adds quote. With photos.<
^By ANN MARROW and BO TEAL=
^Associated Press=
	   SKERRY, Norland (AP) _ The oldest boat in the harbor won the regatta.
 
	   ``She only needed wind,'' said Ada Quince, who has sailed her since 1971.
 
	   ___
 
	   AP-WF-03-12-26 1509GMT<


